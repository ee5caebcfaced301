package io.waybill.agent.cli;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: what this machine knows of its uploads; it asks nobody. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "",
      "Shows the uploads of the state directory: how far each is, and what is in its way.",
      ""
    },
    footer = {
      "",
      "Examples",
      "  waybill-agent status",
      "  waybill-agent status --json | jq '.uploads[] | select(.state == \"interrupted\")'"
    })
final class StatusCommand implements Callable<Integer> {

  private final Context context;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Spool spool = context.spool();
    List<Report.UploadView> views = new ArrayList<>();
    PrintStream out = context.terminal().out();
    for (Manifest manifest : spool.all()) {
      State state = State.of(manifest, spool);
      views.add(Report.view(manifest, state));
      if (!json) {
        out.println(line(manifest, state));
        for (FileEntry file : manifest.files()) {
          String reason = file.reason();
          if (reason != null) {
            out.println("          " + file.objectName() + ": " + reason);
          }
        }
      }
    }
    if (json) {
      out.println(Report.json(views));
    } else if (views.isEmpty()) {
      out.println("no uploads yet; begin one with: waybill-agent upload FILE");
    }
    return ExitCode.DONE.code();
  }

  private static String line(Manifest manifest, State state) {
    long percent = manifest.sentBytes() * 100 / Math.max(1, manifest.sizeBytes());
    return String.format(
        Locale.ROOT,
        "%.8s  %-11s %3d %%  %s of %s  %s",
        manifest.uploadId(),
        state.name().toLowerCase(Locale.ROOT),
        percent,
        Human.bytes(manifest.sentBytes()),
        Human.bytes(manifest.sizeBytes()),
        manifest.taskName());
  }
}
