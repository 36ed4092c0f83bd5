"""Finding texts of long ago: what somebody asks for, and what there is for them."""
