"""Parts of the record as components of a spaCy pipeline.

    >>> import spacy, onrecord.spacy
    >>> nlp = spacy.load("en_core_web_sm")
    >>> nlp.add_pipe("onrecord_layout", first=True)
    >>> nlp.add_pipe("onrecord_entities")
    >>> nlp.add_pipe("onrecord_attributions")

Where onrecord is installed, spaCy finds the factories by entry point, without this import.
"""

from onrecord.spacy.components import FACTORIES, add_all

__all__ = ["FACTORIES", "add_all"]
