package io.waybill.agent.config;

import io.waybill.agent.local.LocalPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment, and where that says nothing, the configuration file. The file is the one that
 * {@link Key#FILE} names, or the person's own, or the machine's; without any, there is none.
 */
public final class Settings {

  /** The configuration of everybody on this machine. */
  public static final String MACHINE = "/etc/waybill-agent/agent.yaml";

  private final Map<String, String> env;
  private final @Nullable ConfigFile file;

  private Settings(Map<String, String> env, @Nullable ConfigFile file) {
    this.env = Map.copyOf(env);
    this.file = file;
  }

  /**
   * Reads the file, if there is one.
   *
   * @throws ConfigException when it cannot be used
   */
  public static Settings of(Map<String, String> env) {
    return new Settings(env, place(env).map(ConfigFile::read).orElse(null));
  }

  /** Only what the environment says. */
  public static Settings ofEnvironment(Map<String, String> env) {
    return new Settings(env, null);
  }

  /** Where the configuration file is, or would be looked for first. */
  private static Optional<Path> place(Map<String, String> env) {
    Optional<String> named = text(env, Key.FILE);
    return named.isPresent()
        ? named.map(LocalPath::of)
        : Stream.of(Optional.of(own(env)), Optional.of(LocalPath.of(MACHINE)))
            .flatMap(Optional::stream)
            .filter(Files::isRegularFile)
            .findFirst();
  }

  /** The configuration of this person alone. */
  public static Path own(Map<String, String> env) {
    return text(env, "XDG_CONFIG_HOME")
        .map(LocalPath::of)
        .orElseGet(() ->
            LocalPath.of(
                text(env, "HOME").orElseGet(() -> System.getProperty("user.home", "."))
                    + "/.config"))
        .resolve("waybill-agent")
        .resolve("agent.yaml");
  }

  private static Optional<String> text(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** The file that was read. */
  public Optional<Path> file() {
    return Optional.ofNullable(file).map(ConfigFile::path);
  }

  /**
   * The trace that whoever started us is in, as W3C writes it; OpenTelemetry names this variable
   * for what one program starts. Empty where it is no such thing.
   */
  public Optional<String> traceparent() {
    return environment("TRACEPARENT")
        .filter(text -> text.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"));
  }

  /** What the environment says beside the settings, such as {@code HOME}. */
  public Optional<String> environment(String name) {
    return text(env, name);
  }

  /** What was said, if anything was. */
  public Optional<Given> given(Key key) {
    Optional<Given> said = text(env, key.env()).map(text -> new Given(text, key.env()));
    return said.isPresent() ? said : inFile(key).map(tree -> scalar(key.path(), tree));
  }

  private Optional<Tree> inFile(Key key) {
    return file == null ? Optional.empty() : file.value(key);
  }

  private Given scalar(String name, Tree tree) {
    String where = where(name, tree);
    if (tree instanceof Tree.Text(String text, int line)) {
      return new Given(text, where);
    }
    throw new ConfigException(where + " is one value, not several");
  }

  private String where(String name, Tree tree) {
    return file == null ? name : file.where(name, tree);
  }

  /**
   * A list. In the environment it is one item, or {@code [one, two]}; in the file it is a list, or
   * one item.
   */
  public List<Given> list(Key key) {
    return tree(key).stream()
        .flatMap(tree ->
            tree instanceof Tree.Items(var items, int line) ? items.stream() : Stream.of(tree))
        .map(item ->
            text(env, key.env()).isPresent()
                ? new Given(((Tree.Text) oneText(key.env(), item)).text(), key.env())
                : scalar(key.path(), item))
        .toList();
  }

  /** Texts by texts, in the order in which they were written. */
  public Map<Given, Given> table(Key key) {
    boolean inEnvironment = text(env, key.env()).isPresent();
    Map<Given, Given> entries = new LinkedHashMap<>();
    Tree tree = tree(key).orElseGet(() -> new Tree.Table(Map.of(), 1));
    if (!(tree instanceof Tree.Table(var lines, int line))) {
      throw new ConfigException(
          (inEnvironment ? key.env() : where(key.path(), tree)) + " is lines of 'name: value'");
    }
    lines.forEach((name, value) -> {
      String where = inEnvironment ? key.env() : where(key.path(), value);
      String text = ((Tree.Text) oneText(where, value)).text();
      entries.put(new Given(name, where), new Given(text, where + ": " + name));
    });
    return entries;
  }

  private static Tree oneText(String where, Tree item) {
    if (item instanceof Tree.Text) {
      return item;
    }
    throw new ConfigException(where + " is a list of texts");
  }

  /** As it stands there: the environment's text is read as YAML, too. */
  private Optional<Tree> tree(Key key) {
    Optional<String> said = text(env, key.env());
    return said.isPresent()
        ? said.map(text -> Yaml.read(text.getBytes(StandardCharsets.UTF_8), key.env()))
        : inFile(key);
  }

  /** The directories that are watched. */
  public List<WatchEntry> watch() {
    boolean inEnvironment = text(env, Key.WATCH.env()).isPresent();
    return tree(Key.WATCH)
        .map(tree ->
            WatchEntries.read(
                tree,
                (name, at) -> inEnvironment ? Key.WATCH.env() + ": " + name : where(name, at)))
        .orElseGet(List::of);
  }

  /** The device's own secret: from the environment, from the file, or from a file of its own. */
  public Optional<Given> credential() {
    boolean inEnvironment = text(env, Key.CREDENTIAL.env()).isPresent();
    Optional<Given> file = given(Key.CREDENTIAL_FILE);
    boolean fileInEnvironment = text(env, Key.CREDENTIAL_FILE.env()).isPresent();
    if (inEnvironment || file.isEmpty()) {
      return given(Key.CREDENTIAL);
    }
    Optional<Given> direct = fileInEnvironment ? Optional.empty() : given(Key.CREDENTIAL);
    return direct.isPresent() ? direct : file.map(Settings::secretIn);
  }

  /** The file of its own that {@link #credential} is from; empty when it is from elsewhere. */
  public Optional<Path> credentialFile() {
    Optional<Given> named = given(Key.CREDENTIAL_FILE);
    return credential().map(Given::where).equals(named.map(Given::where))
        ? named.map(Settings::path)
        : Optional.empty();
  }

  private static Given secretIn(Given named) {
    Path path = path(named);
    String text =
        new String(ConfigFile.bytes(path, named.where() + ":"), StandardCharsets.UTF_8).strip();
    ConfigFile.keptSecret(path, "a credential is in it");
    if (text.isEmpty()) {
      throw new ConfigException(named.where() + ": " + LocalPath.text(path) + " is empty");
    }
    return new Given(text, named.where());
  }

  /** A path as it is written: absolute, or from the working directory; or as a {@code file://}. */
  public static Path path(Given given) {
    try {
      return given.text().startsWith("file://")
          ? LocalPath.ofStored(given.text())
          : LocalPath.of(given.text());
    } catch (IllegalArgumentException e) {
      throw given.not("is a path");
    }
  }

  /** Never the values: some are secret. */
  @Override
  public String toString() {
    return "Settings" + env.keySet() + file().map(Path::toString).orElse("");
  }
}
