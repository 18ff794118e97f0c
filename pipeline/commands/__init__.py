"""The commands of `undocs`, one file each; `run(arguments) -> ExitCode`."""
