"""Those who press the same buttons as people do: rules and the assistant, both planned."""
