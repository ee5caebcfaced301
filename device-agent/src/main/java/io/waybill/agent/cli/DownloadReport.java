package io.waybill.agent.cli;

import io.waybill.agent.download.Dataset;
import io.waybill.agent.download.DownloadEnd;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code download} prints, for people and for scripts. */
final class DownloadReport {

  private DownloadReport() {}

  /**
   * One file; its field names are part of what scripts rely on.
   *
   * @param verified whether its SHA-256 was compared with the server's; false where it knows none
   */
  record FileView(
      String datasetId,
      String name,
      String path,
      String state,
      long sizeBytes,
      long fetchedBytes,
      boolean verified,
      @Nullable String checksumSha256,
      @Nullable String reason) {}

  private record EndView(String outcome, int exitCode, List<FileView> files) {}

  static FileView view(Dataset dataset, Path target, DownloadEnd end) {
    return new FileView(
        dataset.datasetId().toString(),
        Shown.line(LocalPath.name(target)),
        LocalPath.stored(target),
        state(end),
        dataset.sizeBytes(),
        end instanceof DownloadEnd.Stored stored ? stored.fetchedBytes() : 0,
        end instanceof DownloadEnd.ThereAlready
            || (end instanceof DownloadEnd.Stored whole && whole.verified()),
        dataset.checksumSha256(),
        reason(end));
  }

  private static String state(DownloadEnd end) {
    return switch (end) {
      case DownloadEnd.Stored stored -> "stored";
      case DownloadEnd.ThereAlready already -> "there_already";
      case DownloadEnd.InTheWay other -> "in_the_way";
      case DownloadEnd.Unreachable nobody -> "unreachable";
      case DownloadEnd.Refused refused -> "refused";
      case DownloadEnd.Different other -> "different";
      case DownloadEnd.NoRoom disk -> "no_room";
    };
  }

  private static @Nullable String reason(DownloadEnd end) {
    return switch (end) {
      case DownloadEnd.Stored stored -> null;
      case DownloadEnd.ThereAlready already -> null;
      case DownloadEnd.InTheWay(String reason) -> reason;
      case DownloadEnd.Unreachable(String reason) -> reason;
      case DownloadEnd.Refused(String reason) -> reason;
      case DownloadEnd.Different(String reason) -> reason;
      case DownloadEnd.NoRoom(String reason) -> reason;
    };
  }

  static ExitCode code(DownloadEnd end) {
    return switch (end) {
      case DownloadEnd.Stored stored -> ExitCode.DONE;
      case DownloadEnd.ThereAlready already -> ExitCode.DONE;
      case DownloadEnd.InTheWay other -> ExitCode.USAGE;
      case DownloadEnd.NoRoom disk -> ExitCode.USAGE;
      case DownloadEnd.Unreachable nobody -> ExitCode.UNREACHABLE;
      case DownloadEnd.Refused refused -> ExitCode.REFUSED;
      case DownloadEnd.Different other -> ExitCode.CHANGED;
    };
  }

  static String line(FileView file) {
    String start = file.name() + ": ";
    return switch (file.state()) {
      case "stored" ->
          start
              + "downloaded, "
              + Human.bytes(file.sizeBytes())
              + ", to "
              + file.path()
              + (file.verified()
                  ? ", its SHA-256 is right"
                  : "; not verified: the server knows no checksum of it");
      case "there_already" -> start + "there already, with the same SHA-256, at " + file.path();
      case "different" -> start + "not downloaded: " + file.reason() + "; nothing of it is kept";
      default -> start + "not downloaded: " + file.reason();
    };
  }

  static String json(ExitCode code, List<FileView> files) {
    EndView end = new EndView(code.name().toLowerCase(Locale.ROOT), code.code(), files);
    return Shown.json(new String(Json.bytes(end), StandardCharsets.UTF_8));
  }
}
