package io.waybill.agent.config;

import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file. Reading is strict: a key that nobody knows is a mistake that would
 * otherwise be found when a file was not uploaded.
 */
final class ConfigFile {

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final String shown;
  private final Map<Key, Tree> values = new EnumMap<>(Key.class);

  private ConfigFile(Path path) {
    this.path = path;
    this.shown = Shown.line(LocalPath.text(path));
  }

  static ConfigFile read(Path path) {
    ConfigFile file = new ConfigFile(path);
    byte[] document = bytes(path, "the configuration file");
    if (!(Yaml.read(document, file.shown) instanceof Tree.Table table)) {
      throw new ConfigException(file.shown + " has keys with values, such as 'state_dir: /data'");
    }
    file.take("", table);
    for (Key key : file.values.keySet()) {
      if (key.secret()) {
        keptSecret(path, key.path() + " in it is a secret");
      }
    }
    return file;
  }

  Path path() {
    return path;
  }

  Optional<Tree> value(Key key) {
    return Optional.ofNullable(values.get(key)).filter(tree -> !tree.empty());
  }

  /** How to speak of what stands there. */
  String where(String name, Tree tree) {
    return name + " (" + shown + ", line " + tree.line() + ")";
  }

  private void take(String group, Tree.Table table) {
    table
        .entries()
        .forEach((name, value) -> {
          Optional<Key> key = Key.at(group + name);
          if (key.isPresent()) {
            values.put(key.get(), value);
          } else if (group.isEmpty()
              && !Key.namesIn(name + ".").isEmpty()
              && value instanceof Tree.Table inner) {
            take(name + ".", inner);
          } else if (!value.empty() || Key.namesIn(group + name + ".").isEmpty()) {
            throw unknown(group, name, value);
          }
        });
  }

  private ConfigException unknown(String group, String name, Tree value) {
    boolean isGroup = group.isEmpty() && !Key.namesIn(name + ".").isEmpty();
    String known = String.join(", ", Key.namesIn(isGroup ? name + "." : group));
    return new ConfigException(
        where(group + name, value)
            + (isGroup ? " has keys of its own: " : " is not known; there are: ")
            + known);
  }

  /** The text of a file that a setting names. */
  static byte[] bytes(Path path, String what) {
    try {
      if (Files.size(path) > Yaml.MOST_CHARACTERS) {
        throw new ConfigException(what + " " + LocalPath.text(path) + " is larger than 1 MiB");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new ConfigException(what + " " + LocalPath.text(path) + " is not there");
    } catch (IOException e) {
      throw new ConfigException(
          what + " " + LocalPath.text(path) + " cannot be read: " + DiskTrouble.words(e));
    }
  }

  /** Refuses to work with a secret that everybody on this machine can read. */
  static void keptSecret(Path path, String why) {
    try {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(path);
      if (granted.stream().anyMatch(OF_OTHERS::contains)) {
        throw new ConfigException(
            "others can read "
                + LocalPath.text(path)
                + ", and "
                + why
                + ": chmod 600 "
                + LocalPath.quoted(path));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // a file system without such rights
    }
  }
}
