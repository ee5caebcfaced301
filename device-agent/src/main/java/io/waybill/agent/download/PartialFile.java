package io.waybill.agent.download;

import io.waybill.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is not whole yet, beside where it will be: its bytes, and a list of the chunks that
 * are safely in it. A chunk is listed only when its bytes are on disk, so what is listed is there
 * after a crash, a kill and a loss of power alike; a torn last line counts for nothing.
 */
final class PartialFile implements AutoCloseable {

  private static final Set<StandardOpenOption> OPENED =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  /** Far more than there can be lines for. */
  private static final int LONGEST_LIST = 1 << 20;

  private final Path data;
  private final Path list;
  private final Chunks chunks;
  private final FileChannel bytes;
  private final FileChannel lines;
  private final BitSet confirmed = new BitSet();

  /** Whose bytes these are: with another head, they are others, and all is begun anew. */
  private record Head(
      String format, UUID datasetId, long sizeBytes, @Nullable String etag, long chunkBytes) {}

  private PartialFile(Path data, Path list, Chunks chunks, FileChannel bytes, FileChannel lines) {
    this.data = data;
    this.list = list;
    this.chunks = chunks;
    this.bytes = bytes;
    this.lines = lines;
  }

  /**
   * Takes up what is there, or begins it.
   *
   * @return empty while another process works on it
   */
  static Optional<PartialFile> open(Path folder, Dataset dataset, Chunks chunks)
      throws IOException {
    String name = ".waybill-" + dataset.datasetId();
    Path data = folder.resolve(name + ".part");
    Path list = folder.resolve(name + ".list");
    FileChannel lines = opened(list);
    try {
      if (lock(lines) == null) {
        lines.close();
        return Optional.empty();
      }
      PartialFile file = new PartialFile(data, list, chunks, opened(data), lines);
      file.takeUp(dataset);
      return Optional.of(file);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** Never through a link that somebody has put there. */
  private static FileChannel opened(Path file) throws IOException {
    Set<java.nio.file.OpenOption> options = new java.util.HashSet<>(OPENED);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  private void takeUp(Dataset dataset) throws IOException {
    Head written =
        new Head(
            "waybill-download-1",
            dataset.datasetId(),
            chunks.sizeBytes(),
            dataset.objectEtag(),
            chunks.chunkBytes());
    String head = new String(Json.bytes(written), StandardCharsets.UTF_8);
    String known = readList();
    if (known.startsWith(head + "\n")) {
      known.substring(head.length() + 1).lines().forEach(this::noted);
    }
    if (confirmed.isEmpty() || bytes.size() < end(confirmed.length() - 1)) {
      confirmed.clear();
      bytes.truncate(0);
      known = head + "\n";
      lines.truncate(0);
      write(lines, ByteBuffer.wrap(known.getBytes(StandardCharsets.UTF_8)), 0);
    }
    lines.truncate(known.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Whole lines only: the last one may be torn. */
  private String readList() throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) Math.min(lines.size(), LONGEST_LIST));
    while (all.hasRemaining() && lines.read(all, all.position()) >= 0) {
      // until it is there
    }
    String text = new String(all.array(), 0, all.position(), StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private void noted(String line) {
    if (line.matches("\\d{1,7}") && Integer.parseInt(line) < chunks.count()) {
      confirmed.set(Integer.parseInt(line));
    }
  }

  private long end(int chunk) {
    return chunks.start(chunk) + chunks.length(chunk);
  }

  synchronized boolean has(int chunk) {
    return confirmed.get(chunk);
  }

  synchronized int confirmedChunks() {
    return confirmed.cardinality();
  }

  synchronized long confirmedBytes() {
    return confirmed.stream().mapToLong(chunks::length).sum();
  }

  void write(ByteBuffer piece, long at) throws IOException {
    write(bytes, piece, at);
  }

  /** From here on these bytes are fetched by nobody again. */
  void confirm(int chunk) throws IOException {
    bytes.force(false);
    synchronized (this) {
      write(lines, ByteBuffer.wrap((chunk + "\n").getBytes(StandardCharsets.UTF_8)), lines.size());
      confirmed.set(chunk);
    }
  }

  private static void write(FileChannel channel, ByteBuffer from, long at) throws IOException {
    long position = at;
    while (from.hasRemaining()) {
      position += channel.write(from, position);
    }
  }

  /** Where the bytes are until they are whole. */
  Path data() {
    return data;
  }

  /** Puts the whole file in its place; see {@link Publication}. */
  void publish(Path target, boolean replace) throws IOException {
    bytes.truncate(chunks.sizeBytes());
    bytes.force(true);
    Publication.put(data, target, replace);
    Files.deleteIfExists(list);
  }

  /** What was fetched is of no use to anybody. */
  void discard() throws IOException {
    Files.deleteIfExists(data);
    Files.deleteIfExists(list);
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      bytes.close();
    }
  }
}
