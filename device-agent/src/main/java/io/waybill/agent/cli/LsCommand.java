package io.waybill.agent.cli;

import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.listing.Kind;
import io.waybill.agent.listing.Listing;
import io.waybill.wire.ErrorBody;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ls [PROJECT|TASK]}: what is on the server. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Lists what is on the server: the tasks of a project, or the files of a task.",
      "Newest first, and only what we may see: a device sees its own uploads. The ids are what"
          + " download takes. It speaks HTTP."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} ls                                   tasks of the configured project",
      "  ${ROOT-COMMAND-NAME} ls --datasets --limit 20",
      "  ${ROOT-COMMAND-NAME} ls --projects --api-key KEY",
      "  ${ROOT-COMMAND-NAME} ls 0190a3f0-99aa-7000-8000-000000000002 --json"
    })
final class LsCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(
      paramLabel = "PROJECT|TASK",
      arity = "0..1",
      description = "The id of one or the other; the configured project when not given.")
  private @Nullable String id;

  @Option(names = "--datasets", description = "The datasets of the project, not its tasks.")
  private boolean datasets;

  @Option(names = "--projects", description = "The projects that we may see.")
  private boolean projects;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Where to look for a task (env WAYBILL_PROJECT_ID).")
  private @Nullable String project;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many rows at most; all if not given.")
  private @Nullable Long limit;

  @Option(names = "--json", description = "Print one JSON document, with the API's own fields.")
  private boolean json;

  LsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    api.check(context.configuration());
    UUID own = UUID.fromString(context.configuration().owner(project).projectId());
    UUID named = id == null ? null : SettingText.uuid("PROJECT|TASK", id);
    long most = limit == null ? Long.MAX_VALUE : limit;
    if (most < 1) {
      throw new UsageException("--limit is 1 or more, not " + most);
    }
    if (projects && (datasets || named != null)) {
      throw new UsageException("--projects stands alone: it lists all that we may see");
    }
    try (PatientApi open =
        api.open(
            context.configuration(),
            context.configuration().patience(),
            new Voice(context.terminal()))) {
      Listing listing = new Listing(open);
      return list(listing, kind(listing, own, named), most).code();
    } catch (UnreachableException e) {
      context.say(String.valueOf(e.getMessage()));
      return ExitCode.UNREACHABLE.code();
    }
  }

  private Kind kind(Listing listing, UUID own, @Nullable UUID named)
      throws UnreachableException, InterruptedException {
    if (projects) {
      return new Kind.Projects();
    }
    if (named != null && !listing.isProject(named)) {
      if (datasets) {
        throw new UsageException("--datasets is of a project, and there is no project " + named);
      }
      return new Kind.Files(own, named);
    }
    UUID in = named == null ? own : named;
    return datasets ? new Kind.Datasets(in) : new Kind.Tasks(in);
  }

  private ExitCode list(Listing listing, Kind kind, long most)
      throws UnreachableException, InterruptedException {
    Rows rows =
        json
            ? new Rows.AsJson(context.terminal(), kind)
            : new Rows.AsLines(context.terminal(), kind);
    boolean complete = false;
    try {
      Listing.End end = listing.each(kind, most, rows::row);
      complete = end instanceof Listing.End.Complete;
      return switch (end) {
        case Listing.End.Complete all -> ExitCode.DONE;
        case Listing.End.Cut more -> ExitCode.DONE;
        case Listing.End.Refused(ErrorBody error) -> {
          context.say(error.code() + ": " + error.message());
          yield ExitCode.REFUSED;
        }
      };
    } finally {
      rows.end(complete);
    }
  }
}
