"""How dates and numbers are written where Django has it otherwise than the language."""
