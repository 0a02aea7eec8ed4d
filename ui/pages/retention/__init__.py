"""Records whose time is over: what may go, until when the rest stays, and how one goes."""
