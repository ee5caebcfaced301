package io.waybill.agent.cli;

import io.waybill.agent.doctor.Finding;
import io.waybill.agent.local.Shown;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: what stands between this machine and an upload. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Looks at everything that an upload needs, and says what to do about what is not well.",
      "It changes nothing, here or on the server. A daemon may run meanwhile."
    },
    optionListHeading = "%n",
    footer = {
      "",
      "Exit codes",
      "  0 nothing fails (warnings may stand)   2 something on this machine",
      "  3 somebody cannot be reached           4 somebody does not let us",
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} doctor",
      "  ${ROOT-COMMAND-NAME} doctor --json | jq '.checks[] | select(.level != \"ok\")'"
    })
final class DoctorCommand implements Callable<Integer> {

  private final Context context;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  DoctorCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    return tell(context.terminal(), new Examination(context.configuration()).all(), json).code();
  }

  private record CheckView(
      String check, String level, String message, @Nullable String trouble, @Nullable String toDo) {

    static CheckView of(Finding finding) {
      return new CheckView(
          finding.check(),
          finding.level().name().toLowerCase(Locale.ROOT),
          finding.message(),
          finding.trouble() == null ? null : finding.trouble().name().toLowerCase(Locale.ROOT),
          finding.toDo());
    }
  }

  private record View(String outcome, int exitCode, List<CheckView> checks) {}

  /** Prints findings; answers the code of the worst. */
  static ExitCode tell(Terminal terminal, List<Finding> findings, boolean json) {
    ExitCode worst =
        findings.stream().map(DoctorCommand::code).reduce(ExitCode.DONE, ExitCode::worse);
    if (json) {
      View view =
          new View(
              worst.name().toLowerCase(Locale.ROOT),
              worst.code(),
              findings.stream().map(CheckView::of).toList());
      terminal.out().println(Shown.json(new String(Json.bytes(view), StandardCharsets.UTF_8)));
      return worst;
    }
    for (Finding finding : findings) {
      String level = finding.level().name().toLowerCase(Locale.ROOT);
      terminal.print(
          String.format(Locale.ROOT, "%-5s %-13s %s", level, finding.check(), finding.message()));
      if (finding.toDo() != null) {
        terminal.print("                    to do: " + finding.toDo());
      }
    }
    return worst;
  }

  private static ExitCode code(Finding finding) {
    return switch (finding.trouble()) {
      case null -> ExitCode.DONE;
      case HERE -> ExitCode.USAGE;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
      case REFUSED -> ExitCode.REFUSED;
    };
  }
}
