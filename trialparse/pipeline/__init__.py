"""Many records: readers, workers, journal, dead letters and the closing report."""
