"""The form that records an intake: one continuous page, answerable by keyboard alone."""
