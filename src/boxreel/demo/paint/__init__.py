"""Painters of the street: each draws one kind of thing on a canvas."""
