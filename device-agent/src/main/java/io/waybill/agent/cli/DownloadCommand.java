package io.waybill.agent.cli;

import io.waybill.agent.control.Patience;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.download.Catalogue;
import io.waybill.agent.download.Dataset;
import io.waybill.agent.download.Download;
import io.waybill.agent.download.DownloadEnd;
import io.waybill.agent.download.DownloadSettings;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code download DATASET|TASK}: brings stored files to this machine. */
@Command(
    name = "download",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Downloads a dataset, or every stored file of a task.",
      "Bytes come in ranges, several at once, into a hidden file beside the target; when all are"
          + " there and their checksum is right, the file gets its name. Interrupted, or killed,"
          + " the same command goes on where it was. It speaks HTTP, and needs dataset.download."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} download 0190a3f0-5f0c-7000-8000-000000000001 --api-key KEY",
      "  ${ROOT-COMMAND-NAME} download 0190a3f0-5f0c-7000-8000-000000000001 -o front.mcap --force",
      "  ${ROOT-COMMAND-NAME} download 0190a3f0-99aa-7000-8000-000000000002 -o run-42/ --json"
    })
final class DownloadCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "DATASET|TASK", description = "The id of one or the other; see ls.")
  private String id = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description =
          "Where to: a file, or a folder when it is one or ends in a slash; for a task, a folder."
              + " The current folder when not given.")
  private @Nullable String output;

  @Option(names = "--force", description = "Replace a file that is there already.")
  private boolean force;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Where to look for it (env WAYBILL_PROJECT_ID).")
  private @Nullable String project;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Ranges under way at once, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--wait",
      description =
          "Wait through outages of any length; without it, what cannot be reached is given up on"
              + " after 30 s (exit 3, what was fetched is kept).")
  private boolean wait;

  @Option(
      names = "--progress",
      description = "Show progress also where no terminal is: a line every few seconds.")
  private boolean progress;

  @Option(names = "--json", description = "Print the outcome as one JSON document.")
  private boolean json;

  DownloadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    api.check(context.configuration());
    UUID wanted = SettingText.uuid("DATASET|TASK", id);
    String from = context.configuration().owner(project).projectId();
    DownloadView view = new DownloadView(context.terminal(), progress, settings().connections());
    List<DownloadReport.FileView> files = new ArrayList<>();
    context.end().working("what was fetched is kept; the same command goes on from there");
    try (PatientApi open = api.open(context.configuration(), patience(), view.voice())) {
      ExitCode code =
          switch (new Catalogue(open, from).find(wanted)) {
            case Catalogue.Found.One(Dataset dataset) ->
                all(open, view, Targets.of(output, dataset), files);
            case Catalogue.Found.Task(List<Dataset> datasets, int unfinished) -> {
              sayUnfinished(datasets.size(), unfinished);
              yield all(open, view, Targets.of(output, datasets), files);
            }
            case Catalogue.Found.Nothing(String reason) -> {
              context.say(reason);
              yield ExitCode.REFUSED;
            }
          };
      return ended(code, files);
    } catch (UnreachableException e) {
      context.say(String.valueOf(e.getMessage()));
      return ended(ExitCode.UNREACHABLE, files);
    } finally {
      context.end().resting();
    }
  }

  private Patience patience() {
    return wait ? Patience.ENDLESS : context.configuration().patience();
  }

  private DownloadSettings settings() {
    if (connections < 1 || connections > DownloadSettings.MOST_CONNECTIONS) {
      throw new UsageException(
          "--connections is 1 to " + DownloadSettings.MOST_CONNECTIONS + ", not " + connections);
    }
    return new DownloadSettings(
        connections,
        force,
        patience().unreachable(),
        DownloadSettings.STALL,
        context.configuration().caFile());
  }

  private void sayUnfinished(int stored, int unfinished) {
    if (unfinished > 0) {
      context.say(
          Human.count(unfinished, "file")
              + " of this task cannot be downloaded: not stored yet, deleted, or not for us; "
              + stored
              + " can");
    }
  }

  /** One after the other; what stops one does not stop the others. */
  private ExitCode all(
      PatientApi open,
      DownloadView view,
      Map<Dataset, Path> targets,
      List<DownloadReport.FileView> files)
      throws InterruptedException {
    ExitCode worst = ExitCode.DONE;
    for (Map.Entry<Dataset, Path> each : targets.entrySet()) {
      Path target = each.getValue();
      Download download = new Download(open, each.getKey(), target, settings());
      DownloadEnd end = view.show(LocalPath.name(target), download);
      DownloadReport.FileView file = DownloadReport.view(each.getKey(), target, end);
      files.add(file);
      if (!json) {
        context.terminal().print(DownloadReport.line(file));
      }
      worst = worst.worse(DownloadReport.code(end));
    }
    return worst;
  }

  private int ended(ExitCode code, List<DownloadReport.FileView> files) {
    if (json) {
      context.terminal().out().println(DownloadReport.json(code, files));
    } else if (code == ExitCode.UNREACHABLE) {
      context.say("what was fetched is kept; go on with: " + Program.NAME + " download " + id);
    }
    return code.code();
  }
}
