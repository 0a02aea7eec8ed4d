"""Patient mode: the screen in the hands of a patient, who reaches the questions and nothing else."""
