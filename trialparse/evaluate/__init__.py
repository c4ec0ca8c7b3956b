"""A trial's criteria put to a patient: met, not met or unknown, with reasons and what is missing."""

from trialparse.evaluate.patient import Patient
from trialparse.models.measured import Measured

__all__ = ["Measured", "Patient"]
