package io.waybill.agent.cli;

import io.waybill.agent.config.Key;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.upload.UploadListener;
import java.io.IOException;
import java.nio.file.Path;

/** What every command is given. */
record Context(
    Terminal terminal, Configuration configuration, UploadListener listener, Interruption end) {

  /** The state directory that is configured. */
  Spool spool() {
    return spool(configuration.stateDirectory());
  }

  Spool spool(Path directory) {
    try {
      return Spool.open(
          directory,
          (file, reason) ->
              say(
                  "a manifest that cannot be used is at "
                      + LocalPath.text(file)
                      + " ("
                      + reason
                      + ")"));
    } catch (IOException e) {
      throw new UsageException(
          "the state directory "
              + LocalPath.text(directory)
              + " cannot be used: "
              + DiskTrouble.words(e)
              + "; make it usable, or set "
              + Key.STATE_DIR.env()
              + " to one that is");
    }
  }

  /** To the person, beside the output proper. */
  void say(String line) {
    terminal.say(line);
  }
}
