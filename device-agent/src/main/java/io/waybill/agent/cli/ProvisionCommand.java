package io.waybill.agent.cli;

import io.waybill.agent.config.ConfigException;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.doctor.Finding;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.provision.Places;
import io.waybill.agent.provision.Provisioner;
import io.waybill.wire.Parsed;
import io.waybill.wire.Provisioning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code provision LINE}: makes this machine a device. */
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Makes this machine a device by one line from the console or from waybill admin device"
          + " register: configuration, credential, receipt key, CA, project and roots.",
      "It is proved by what doctor looks at before anything is written: a line that is refused"
          + " changes nothing. Again, it keeps the queue, and what you wrote into the file."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} provision -                     paste the line; others do not see it",
      "  ${ROOT-COMMAND-NAME} provision --from-file /boot/waybill.line --root /data",
      "  ${ROOT-COMMAND-NAME} provision --from-file line --no-doctor      for an image"
    })
final class ProvisionCommand implements Callable<Integer> {

  private static final int LONGEST = 512 * 1024;

  private final Context context;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source = new Source();

  /** Where the line comes from. */
  static final class Source {
    @Parameters(
        paramLabel = "LINE",
        description = "The line itself, as waybill1.…; - reads it from stdin.")
    private @Nullable String line;

    @Option(names = "--from-file", paramLabel = "FILE", description = "A file with the line.")
    private @Nullable String file;
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration file to write (env WAYBILL_AGENT_CONFIG; else, for root,"
              + " /etc/waybill-agent/agent.yaml, and ~/.config/waybill-agent/agent.yaml).")
  private @Nullable String config;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "A directory that the server may ask for files of; may be repeated.")
  private List<String> roots = new ArrayList<>();

  @Option(names = "--no-doctor", description = "Prove nothing, as for an image made elsewhere.")
  private boolean noDoctor;

  @Option(
      names = "--force",
      description = "Write it also when the server or the broker refuses it.")
  private boolean force;

  @Option(names = "--json", description = "Print what doctor found as one JSON document.")
  private boolean json;

  ProvisionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Provisioning told =
        switch (Provisioning.read(text())) {
          case Parsed.Read<Provisioning>(Provisioning whole) -> whole;
          case Parsed.NotJson<Provisioning>(String reason) -> throw noLine(reason);
          case Parsed.Invalid<Provisioning> fields -> throw noLine("its fields are wrong");
        };
    Map<String, String> env = context.configuration().env();
    Path file = configFile(env);
    Provisioner provisioner = new Provisioner(told, roots);
    List<Finding> findings = noDoctor ? List.of() : examined(provisioner, env, file);
    boolean refused = findings.stream().anyMatch(f -> f.trouble() == Finding.Trouble.REFUSED);
    boolean wrong = findings.stream().anyMatch(ProvisionCommand::isWrong);
    if (wrong || (refused && !force)) {
      ExitCode code = DoctorCommand.tell(context.terminal(), findings, json);
      context.say(
          wrong
              ? "nothing was written"
              : "this line is refused, so nothing was written; --force writes it all the same");
      return code.code();
    }
    write(provisioner, told, env, file);
    return noDoctor
        ? ExitCode.DONE.code()
        : DoctorCommand.tell(context.terminal(), findings, json).code();
  }

  private static boolean isWrong(Finding finding) {
    return finding.check().equals(Examination.CONFIGURATION)
        && finding.level() == Finding.Level.FAIL;
  }

  private static UsageException noLine(String reason) {
    return new UsageException(
        "this is no line to provision by: "
            + reason
            + "; was it copied whole? It begins with "
            + Provisioning.PREFIX);
  }

  private String text() throws IOException {
    String file = source.file;
    String line = source.line;
    if (file != null) {
      Path path = LocalPath.of(file);
      if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
        throw new UsageException(LocalPath.text(path) + " is no file with such a line");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    }
    return line == null || line.equals("-")
        ? new String(System.in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1)
        : line;
  }

  private Path configFile(Map<String, String> env) {
    String named = config == null ? env.get(Key.FILE) : config;
    if (named != null && !named.isBlank()) {
      return LocalPath.of(named);
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? LocalPath.of(Settings.MACHINE) : Settings.own(env);
  }

  /** With what was told counting over all that is there. */
  private List<Finding> examined(Provisioner provisioner, Map<String, String> env, Path file)
      throws IOException, InterruptedException {
    Path authorities = provisioner.temporaryAuthorities();
    try {
      Map<String, String> proved = new HashMap<>(env);
      proved.remove(Key.FILE);
      if (Files.exists(file)) {
        proved.put(Key.FILE, LocalPath.text(file));
      }
      proved.putAll(provisioner.asEnvironment(authorities));
      return new Examination(new Configuration(proved)).all();
    } finally {
      if (authorities != null) {
        Files.deleteIfExists(authorities);
      }
    }
  }

  private void write(
      Provisioner provisioner, Provisioning told, Map<String, String> env, Path file) {
    try {
      Places places = places(env, file);
      provisioner.write(places, fresh -> new Configuration(fileAlone(fresh)).check());
      context.say("wrote " + LocalPath.text(file) + " and " + LocalPath.text(places.credential()));
      sayOverridden(env);
      sayOthers(places, told);
    } catch (UsageException | ConfigException e) {
      throw new UsageException(
          "the configuration file would not be right, and was left as it is: " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("it cannot be written down: " + DiskTrouble.words(e));
    }
  }

  private static Map<String, String> fileAlone(Path file) {
    return Map.of(Key.FILE, LocalPath.text(file));
  }

  private static Places places(Map<String, String> env, Path file) {
    Map<String, String> now = new HashMap<>(env);
    now.remove(Key.FILE);
    if (Files.exists(file)) {
      now.put(Key.FILE, LocalPath.text(file));
    }
    Settings settings = Settings.of(now);
    boolean said = settings.given(Key.STATE_DIR).isPresent();
    boolean machine = LocalPath.text(file).equals(Settings.MACHINE);
    return said || !machine
        ? Places.of(file, new Configuration(now).stateDirectory(), false)
        : Places.of(file, LocalPath.of("/var/lib/waybill-agent"), true);
  }

  /** What is in the environment counts over the file, and so over what was written. */
  private void sayOverridden(Map<String, String> env) {
    List<String> names =
        java.util.Arrays.stream(Key.values())
            .filter(key -> key != Key.STATE_DIR)
            .map(Key::env)
            .filter(env::containsKey)
            .sorted()
            .toList();
    if (!names.isEmpty()) {
      context.say("the environment counts over the file, and sets " + String.join(", ", names));
    }
  }

  /** Uploads of another device wait until this machine is that device again. */
  private void sayOthers(Places places, Provisioning told) throws IOException {
    if (!Files.isDirectory(places.stateDirectory().resolve("uploads"))) {
      return;
    }
    long others =
        context.spool(places.stateDirectory()).unfinished().stream()
            .filter(upload -> !upload.deviceId().equals(told.deviceId().toString()))
            .count();
    if (others > 0) {
      context.say(
          Human.count(Math.toIntExact(others), "upload")
              + " of another device stand in the queue; they wait until this machine is that one"
              + " again, or are given up by abort or forget");
    }
  }
}
