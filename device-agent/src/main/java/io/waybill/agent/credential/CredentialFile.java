package io.waybill.agent.credential;

import io.waybill.agent.local.Directories;
import io.waybill.agent.local.DurableFile;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file with the credential, and beside it the next one until that has connected. An empty one
 * says that it was asked for: then an answer may have got lost that nobody else will miss.
 */
record CredentialFile(Path path) {

  private static final String ROOM = " ".repeat(1024);

  CredentialFile {
    path = path.toAbsolutePath();
  }

  /** Where the next one is kept meanwhile. */
  static Path nextOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  private Path next() {
    return nextOf(path);
  }

  /**
   * Another one that a daemon of this machine has put there since we began, and has not settled
   * yet; null where none can be had.
   */
  @Nullable String pendingBeside(String shown) {
    try {
      return pending().filter(next -> !next.isEmpty() && !next.equals(shown)).orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /** The next one, empty while it is asked for; absent when none is wanted. */
  Optional<String> pending() throws IOException {
    try {
      return Optional.of(Files.readString(next(), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What is in it now. */
  String secret() throws IOException {
    return Files.readString(path, StandardCharsets.UTF_8).strip();
  }

  /**
   * From now on one is asked for. Its room is taken before, because the answer is told once; and
   * what is there already may be good, and stays until there is another.
   */
  Room begin() throws IOException {
    Room room = new Room(DurableFile.beside(next(), ROOM, DurableFile.SECRET), next());
    try {
      if (Files.notExists(next())) {
        DurableFile.put(DurableFile.beside(next(), "", DurableFile.SECRET), next());
      }
      return room;
    } catch (IOException e) {
      room.close();
      throw e;
    }
  }

  /** Where the next one will be written, as large as it. */
  record Room(Path fresh, Path next) implements AutoCloseable {

    /** Whatever happens from now on, it is there. */
    void keep(String secret) throws IOException {
      DurableFile.rewrite(fresh, secret + "\n");
      DurableFile.put(fresh, next);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(fresh);
    }
  }

  /** What a death in the middle of it has left beside. */
  void sweep() throws IOException {
    DurableFile.sweep(next());
  }

  /** The next one is the one. */
  void promote() throws IOException {
    if (pending().orElse("").isEmpty()) {
      throw new IOException("there is nothing in " + LocalPath.text(next()));
    }
    DurableFile.put(next(), path);
  }

  /** None is wanted any more. */
  void drop() throws IOException {
    if (Files.deleteIfExists(next())) {
      Directories.force(Objects.requireNonNull(path.getParent()));
    }
  }
}
