import io.waybill.agent.cli.AgentCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the manual page and the completion of the shell from what the commands say of themselves: {@code java -cp
 * agent-jars Pages.java FOLDER YYYY-MM-DD}
 */
class Pages {
  private final StringBuilder page = new StringBuilder();

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    CommandLine agent = AgentCommand.described();
    Files.writeString(folder.resolve("waybill-agent.1"), new Pages().manual(agent, args[1]));
    Files.writeString(
        folder.resolve("waybill-agent.bash"), AutoComplete.bash("waybill-agent", agent));
  }

  private String manual(CommandLine agent, String date) {
    request(".TH WAYBILL-AGENT 1 " + date + " Waybill \"Waybill device agent\"");
    section("NAME");
    text("waybill-agent - gets big files off this machine");
    section("SYNOPSIS");
    request(".B waybill-agent");
    text("COMMAND [OPTION...] [ARGUMENT...]");
    section("DESCRIPTION");
    paragraphs(agent.getCommandSpec().usageMessage().description());
    section("COMMANDS");
    for (CommandLine command : agent.getSubcommands().values()) {
      command(command);
    }
    verbatimSections(agent.getCommandSpec().usageMessage().footer());
    section("FILES");
    file("/etc/waybill-agent/agent.yaml", "the configuration, as provision writes it");
    file("/etc/waybill-agent/environment", "the environment of the service, which counts over it");
    file("/var/lib/waybill-agent", "the state directory of the service, with its credential");
    return page.toString();
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    request(".SS " + escaped(spec.name()));
    for (String line : help.synopsis(0).strip().split("\\R\\s*")) {
      text(line);
    }
    paragraphs(spec.usageMessage().description());
    for (ArgSpec argument : spec.positionalParameters()) {
      argument(argument.paramLabel(), argument);
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        argument(String.join(", ", option.names()) + value, option);
      }
    }
    List<String> footer =
        Arrays.stream(spec.usageMessage().footer()).filter(line -> !line.isBlank()).toList();
    if (!footer.isEmpty()) {
      request(".PP");
      verbatim(footer);
    }
  }

  private void argument(String name, ArgSpec argument) {
    request(".TP");
    request(".B " + escaped(name));
    text(Arrays.stream(argument.description()).map(Pages::plain).collect(Collectors.joining(" ")));
  }

  /** A line that begins a section has no indentation; those below it have. */
  private void verbatimSections(String[] footer) {
    List<String> lines = new ArrayList<>();
    for (String line : footer) {
      if (!line.isBlank() && !line.startsWith(" ")) {
        verbatim(lines);
        lines.clear();
        section(plain(line).toUpperCase(java.util.Locale.ROOT));
      } else if (!line.isBlank()) {
        lines.add(line);
      }
    }
    verbatim(lines);
  }

  private void verbatim(List<String> lines) {
    if (!lines.isEmpty()) {
      request(".nf");
      lines.forEach(line -> text(plain(line)));
      request(".fi");
    }
  }

  private void file(String name, String what) {
    request(".TP");
    request(".I " + escaped(name));
    text(what);
  }

  private void paragraphs(String[] lines) {
    for (String line : lines) {
      if (!line.isBlank()) {
        request(".PP");
        text(plain(line).strip());
      }
    }
  }

  private void section(String name) {
    request(".SH " + escaped(name));
  }

  private void text(String line) {
    page.append("\\&").append(escaped(line)).append('\n');
  }

  private void request(String line) {
    page.append(line).append('\n');
  }

  /** Descriptions are formats, and may have styles. */
  private static String plain(String description) {
    return Help.Ansi.OFF.string(description.formatted());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                default -> {
                  if (c < 128) {
                    escaped.appendCodePoint(c);
                  } else {
                    escaped.append("\\[u%04X]".formatted(c));
                  }
                }
              }
            });
    return escaped.toString();
  }
}
