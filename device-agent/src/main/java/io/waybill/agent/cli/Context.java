package io.waybill.agent.cli;

import io.waybill.agent.spool.Spool;
import io.waybill.agent.upload.UploadListener;
import java.io.IOException;
import java.nio.file.Path;

/** What every command is given. */
record Context(Terminal terminal, Configuration configuration, UploadListener listener) {

  /** The state directory that is configured. */
  Spool spool() {
    return spool(configuration.stateDirectory());
  }

  Spool spool(Path directory) {
    try {
      return Spool.open(
          directory,
          (file, reason) ->
              say("a manifest that cannot be used is at " + file + " (" + reason + ")"));
    } catch (IOException e) {
      throw new UsageException(
          "the state directory "
              + directory
              + " cannot be used ("
              + e
              + "); set "
              + Configuration.STATE
              + " to one that can be written to");
    }
  }

  /** To the person, beside the output proper. */
  void say(String line) {
    terminal.err().println("waybill-agent: " + line);
  }
}
