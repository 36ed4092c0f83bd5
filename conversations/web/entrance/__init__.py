"""Coming in: signing in and out, an agent's own profile, and who may see what."""
