"""Documents on paper: the only code that draws PDFs. It takes domain objects and never a store."""
