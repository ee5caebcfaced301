package io.waybill.acceptance.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.power.Trace.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory as a program has changed it, and as it would be found after the power has failed.
 * POSIX promises no more than this: the bytes of a file are there once the file was forced, its
 * name once its directory was.
 */
final class RecordedDisk {
  private final Path root;
  private final Node top = new Node(true);
  private final Map<Long, Open> open = new HashMap<>();

  /** The directory is there, and empty. */
  RecordedDisk(Path root) {
    this.root = root;
  }

  /** A file or a directory, now and as it was when it was forced last. */
  private static final class Node {
    private final boolean isDirectory;
    private final Map<String, Node> entries = new TreeMap<>();
    private Map<String, Node> forcedEntries = Map.of();
    private byte[] bytes = new byte[0];
    private byte[] forcedBytes = new byte[0];

    private Node(boolean isDirectory) {
      this.isDirectory = isDirectory;
    }

    private void force() {
      forcedEntries = Map.copyOf(entries);
      forcedBytes = bytes.clone();
    }

    private void write(byte[] what, long at) {
      int end = Math.toIntExact(at + what.length);
      byte[] grown = Arrays.copyOf(bytes, Math.max(bytes.length, end));
      System.arraycopy(what, 0, grown, Math.toIntExact(at), what.length);
      bytes = grown;
    }
  }

  private static final class Open {
    private final Node node;
    private long position;

    private Open(Node node) {
      this.node = node;
    }
  }

  /** What the power leaves of what was not forced. */
  enum Loss {
    /** Nothing of it is there. */
    ALL,
    /** Names are there, their bytes are not: how a file comes to be empty. */
    BYTES,
    /** The disk was quick. */
    NOTHING
  }

  /** Does to this disk what the call did to the real one; whether it was about this disk at all. */
  boolean apply(Call call) {
    return switch (call.name()) {
      case "openat" -> opened(call);
      case "mkdir" -> changed(call.path(0), new Node(true));
      case "write", "pwrite64" -> written(call);
      case "lseek" -> sought(call);
      case "ftruncate" -> truncated(call);
      case "fsync", "fdatasync" -> forced(call);
      case "rename" -> renamed(call);
      case "unlink", "rmdir" -> changed(call.path(0), null);
      default -> {
        assertThat(mine(call.file())).as("a call that is not known: %s", call).isFalse();
        yield false;
      }
    };
  }

  private boolean opened(Call call) {
    if (!mine(call.path(0))) {
      return false;
    }
    Node node = find(call.path(0));
    if (node == null) {
      node = new Node(false);
      changed(call.path(0), node);
    }
    if (call.arguments().contains("O_TRUNC")) {
      node.bytes = new byte[0];
    }
    open.put(call.result(), new Open(node));
    return true;
  }

  private boolean written(Call call) {
    if (!mine(call.file())) {
      return false;
    }
    assertThat(call.isWhole()).as("all bytes of %s", call.file()).isTrue();
    byte[] bytes = Arrays.copyOf(call.texts().getFirst(), Math.toIntExact(call.result()));
    Open file = open(call);
    boolean isPlaced = call.name().equals("pwrite64");
    file.node.write(bytes, isPlaced ? call.numbers().getLast() : file.position);
    file.position += isPlaced ? 0 : bytes.length;
    return true;
  }

  private boolean sought(Call call) {
    if (mine(call.file())) {
      open(call).position = call.result();
    }
    return false;
  }

  private boolean truncated(Call call) {
    if (mine(call.file())) {
      Node node = open(call).node;
      node.bytes = Arrays.copyOf(node.bytes, Math.toIntExact(call.numbers().getLast()));
      return true;
    }
    return false;
  }

  private boolean forced(Call call) {
    if (mine(call.file())) {
      open(call).node.force();
      return true;
    }
    return false;
  }

  private boolean renamed(Call call) {
    if (!mine(call.path(1))) {
      return false;
    }
    Node node = find(call.path(0));
    changed(call.path(0), null);
    return changed(call.path(1), node);
  }

  private Open open(Call call) {
    long descriptor = Long.parseLong(call.arguments().split("<", 2)[0]);
    Open file = open.get(descriptor);
    if (file == null) {
      throw new IllegalStateException("nobody has opened what is written: " + call);
    }
    return file;
  }

  private boolean mine(String path) {
    return path.equals(root.toString()) || path.startsWith(root + "/");
  }

  private @Nullable Node find(String path) {
    Node node = top;
    for (Path name : root.relativize(Path.of(path))) {
      if (name.toString().isEmpty()) {
        return node;
      }
      node = node == null ? null : node.entries.get(name.toString());
    }
    return node;
  }

  private boolean changed(String path, @Nullable Node node) {
    if (!mine(path)) {
      return false;
    }
    Path file = Path.of(path);
    Node directory = find(String.valueOf(file.getParent()));
    if (directory == null) {
      throw new IllegalStateException("no directory for " + path);
    }
    String name = String.valueOf(file.getFileName());
    if (node == null) {
      directory.entries.remove(name);
    } else {
      directory.entries.put(name, node);
    }
    return true;
  }

  /** Makes a folder that is as this one would be found, were the power to fail now. */
  void after(Loss loss, Path folder) throws IOException {
    lay(top, loss, folder);
  }

  private static void lay(Node node, Loss loss, Path at) throws IOException {
    if (!node.isDirectory) {
      Files.write(at, loss == Loss.NOTHING ? node.bytes : node.forcedBytes);
      return;
    }
    Files.createDirectories(at);
    for (var entry : (loss == Loss.ALL ? node.forcedEntries : node.entries).entrySet()) {
      lay(entry.getValue(), loss, at.resolve(entry.getKey()));
    }
  }
}
