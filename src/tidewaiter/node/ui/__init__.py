"""The look of the node: frame, components, formats, languages and front-end files. Below all other apps; imports none
of them."""
