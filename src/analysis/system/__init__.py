"""What every part stands on: the project's folders, whole writes, locks, limits, streams."""
