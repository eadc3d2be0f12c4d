"""The settings of a command, and what is said of a port that cannot be used."""

import os

from dotenv import load_dotenv

from config import Settings, load_settings


def read_settings() -> Settings:
    """The settings of this process, from the environment and a .env file. Raises ConfigError."""
    load_dotenv(".env")
    return load_settings(os.environ)


def refuse_port(name: str, port: int, problem: OSError) -> str:
    """Why a port cannot be used, and what to do."""
    return f"Port {port} cannot be used: {problem.strerror}. Set {name} to another."
