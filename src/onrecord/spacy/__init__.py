"""spacy"""
