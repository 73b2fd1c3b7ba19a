"""The whole bot in parts, hurt at random for as long as one likes."""
