package io.waybill.agent.cli;

import io.waybill.agent.transfer.Width;
import io.waybill.agent.upload.UploadSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to send, and how to speak of it. */
final class TransferOptions {

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Parts under way at the start, 1 to 64; adapted from then on"
              + " (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--max-bytes-per-second",
      paramLabel = "SIZE",
      description =
          "Speed limit of all connections together, such as 500K or 2M. An upload keeps it when it"
              + " is resumed; 'unlimited' lifts it.")
  private @Nullable String maxBytesPerSecond;

  @Option(
      names = "--wait",
      description =
          "Wait through outages of any length; without it, an unreachable server is given up on"
              + " after 30 s (exit 3, the upload is kept).")
  private boolean wait;

  @Option(
      names = "--progress",
      description = "Show progress also where no terminal is: a line every few seconds.")
  private boolean progress;

  @Option(names = "--json", description = "Print the outcome as one JSON document.")
  private boolean json;

  UploadSettings settings() {
    if (connections < 1 || connections > Width.MOST) {
      throw new UsageException("--connections is 1 to " + Width.MOST + ", not " + connections);
    }
    return UploadSettings.of(
        connections,
        endless() ? UploadSettings.Patience.ENDLESS : UploadSettings.Patience.ATTENDED);
  }

  /** Everything said here, understood before anything is done. */
  void check() {
    settings();
    limit(null);
  }

  /**
   * The speed limit that counts: what was said now, else what the upload was begun with.
   *
   * @return null for none
   */
  @Nullable Long limit(@Nullable Long begunWith) {
    String text = maxBytesPerSecond;
    if (text == null) {
      return begunWith;
    }
    return text.equals("unlimited")
        ? null
        : Long.valueOf(Human.parseBytes("--max-bytes-per-second", text));
  }

  boolean endless() {
    return wait;
  }

  boolean progress() {
    return progress;
  }

  boolean json() {
    return json;
  }
}
