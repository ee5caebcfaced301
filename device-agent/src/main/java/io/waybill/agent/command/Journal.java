package io.waybill.agent.command;

import io.waybill.agent.local.Directories;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.spool.Durable;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What was heard and answered, each in a file of its own below the state directory: a command that
 * comes again after a restart is known, and gets the same answer. Used by one thread.
 */
final class Journal {

  /** The server tells a command for a day at most; older ones do not come again. */
  private static final int MOST_OVER = 1000;

  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Map<UUID, Errand> errands = new HashMap<>();

  private Journal(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads what an earlier life has left.
   *
   * @param say told of what cannot be read, which is as if it had not been heard
   */
  static Journal open(Path state, Consumer<String> say) throws IOException {
    Journal journal = new Journal(state.resolve("commands"));
    Directories.make(
        journal.directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(journal.directory, "*" + SUFFIX)) {
      for (Path file : files) {
        journal.read(file, say);
      }
    }
    return journal;
  }

  private void read(Path file, Consumer<String> say) {
    try {
      if (Json.read(Files.readAllBytes(file), Errand.class)
          instanceof Parsed.Read<Errand>(Errand errand)) {
        errands.put(errand.id(), errand);
      } else {
        say.accept("what was remembered of a command is no text of ours: " + file.getFileName());
      }
    } catch (IOException e) {
      say.accept("what was remembered of a command cannot be read: " + DiskTrouble.words(e));
    }
  }

  Optional<Errand> find(UUID commandId) {
    return Optional.ofNullable(errands.get(commandId));
  }

  /** After this returns, power may fail. */
  void save(Errand errand) throws IOException {
    String name = errand.id() + SUFFIX;
    byte[] bytes = Json.bytes(errand);
    Durable.replace(
        directory.resolve(name), directory.resolve("." + name + ".tmp"), out -> out.write(bytes));
    errands.put(errand.id(), errand);
    forgetOld();
  }

  /** Accepted, and nothing has come of them yet. */
  List<Errand> open() {
    return errands.values().stream().filter(errand -> !errand.isOver()).toList();
  }

  /** Whose answers the server may not have, the oldest first. */
  List<Errand> unsaid() {
    return errands.values().stream()
        .filter(errand -> !errand.said())
        .sorted(Comparator.comparing(Errand::heardAt))
        .toList();
  }

  private void forgetOld() throws IOException {
    List<Errand> over =
        errands.values().stream()
            .filter(errand -> errand.isOver() && errand.said())
            .sorted(Comparator.comparing(Errand::heardAt))
            .toList();
    for (Errand old : over.subList(0, Math.max(0, over.size() - MOST_OVER))) {
      Files.deleteIfExists(directory.resolve(old.id() + SUFFIX));
      errands.remove(old.id());
    }
  }
}
