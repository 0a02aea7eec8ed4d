"""The tour: the real window driven by real keys through the main job, photographed step by step."""
