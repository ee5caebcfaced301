package io.waybill.agent.cli;

import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what an upload would do, and does nothing of it. */
final class DryRun {

  private DryRun() {}

  private record FileView(
      String path, String objectName, long sizeBytes, @Nullable String checksumSha256) {}

  private record View(
      boolean dryRun,
      List<FileView> wouldUpload,
      List<String> wouldTakeUp,
      List<Report.LeftOut> skipped,
      List<Report.LeftOut> leftOut) {}

  static void tell(Terminal terminal, Sifting sifting, List<Report.LeftOut> leftOut, boolean json) {
    List<String> begun = sifting.begun().stream().map(Manifest::uploadId).toList();
    if (json) {
      View view =
          new View(
              true,
              sifting.fresh().stream().map(DryRun::view).toList(),
              begun,
              sifting.skipped(),
              leftOut);
      terminal.out().println(Shown.json(new String(Json.bytes(view), StandardCharsets.UTF_8)));
      return;
    }
    for (FileEntry file : sifting.fresh()) {
      terminal.print(
          file.path()
              + ": would be uploaded, "
              + Human.bytes(file.stamp().sizeBytes())
              + ", as "
              + file.objectName());
    }
    begun.forEach(id -> terminal.print("upload " + id + " would be taken up"));
    sifting.skipped().forEach(each -> terminal.print(each.path() + ": " + each.reason()));
    long bytes = sifting.fresh().stream().mapToLong(file -> file.stamp().sizeBytes()).sum();
    terminal.print(
        Human.count(sifting.fresh().size(), "file")
            + " of "
            + Human.bytes(bytes)
            + " would be uploaded, "
            + sifting.skipped().size()
            + " skipped");
  }

  private static FileView view(FileEntry file) {
    return new FileView(
        file.path(), file.objectName(), file.stamp().sizeBytes(), file.checksumSha256());
  }
}
