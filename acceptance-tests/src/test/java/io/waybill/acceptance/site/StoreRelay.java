package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A relay in front of the store that passes every byte on and remembers each PUT of a part. It can
 * be made slow, so that something can be killed in the middle of a part. Bodies have a
 * Content-Length: everything else is refused by what it relays to.
 */
public final class StoreRelay implements AutoCloseable {
  private static final Pattern PART =
      Pattern.compile("PUT (?<key>[^? ]+)\\?.*partNumber=(?<part>\\d+).*");
  private static final Pattern RANGE =
      Pattern.compile("(?is)GET .*\r\nrange: (?<range>[^\r]+)\r.*");
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket door;
  private final int store;
  private final List<Put> puts = new CopyOnWriteArrayList<>();
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
  private final List<String> resent = new CopyOnWriteArrayList<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Tap tap = new Tap();
  private final Busy busy = new Busy();
  private volatile boolean isCut;

  private StoreRelay(ServerSocket door, int store) {
    this.door = door;
    this.store = store;
  }

  /** A PUT of a part that the store has answered. */
  public record Put(String key, int partNumber, int status) {}

  /** A relay to the store on this loopback port, on a port of its own. */
  public static StoreRelay to(int port) {
    try {
      StoreRelay relay =
          new StoreRelay(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find the store. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Every PUT that the store has answered, whether or not its client lived to hear of it. */
  public List<Put> puts() {
    return List.copyOf(puts);
  }

  /** The parts that the store has taken, each as often as it was taken. */
  public List<Integer> stored() {
    return puts.stream().filter(put -> put.status == 200).map(Put::partNumber).toList();
  }

  /** PUTs that began although the store had answered 200 for the same part of the same key. */
  public List<String> resent() {
    return List.copyOf(resent);
  }

  /** The ranges that were asked for, as in {@code bytes=0-9}. */
  public List<String> ranges() {
    return List.copyOf(ranges);
  }

  /** Bytes of parts that have passed by, those of parts that never ended among them. */
  public long partBytes() {
    return tap.partBytes();
  }

  /** Returns when so many bytes of parts have passed; fails when their sender has ended before. */
  public void awaitPartBytes(long bytes, Program sender) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .failFast(
            () -> assertThat(sender.isAlive()).as("sends; it said:\n%s", sender.output()).isTrue())
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> tap.partBytes() >= bytes);
  }

  /** Returns when every PUT that has begun is answered or broken off. */
  public void awaitQuiet() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> underWay.get() == 0);
  }

  /** PUTs that have begun and are not answered. */
  public int underWay() {
    return underWay.get();
  }

  /** How long each 64 KiB takes from now on, also of parts that are under way. */
  public void pace(long nanosPerChunk) {
    tap.pace(nanosPerChunk);
  }

  /** Holds further bytes of parts back once so many, counted as they are here, have passed. */
  public void holdAfter(long bytes) {
    tap.holdAfter(bytes);
  }

  /** Breaks off every exchange from now on, or lets them through again. */
  public void cut(boolean cut) {
    isCut = cut;
  }

  /** PUTs of parts that are answered 503 in the store's place. */
  public Busy busy() {
    return busy;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), store)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      InputStream fromClient = new BufferedInputStream(client.getInputStream(), CHUNK);
      InputStream fromServer = new BufferedInputStream(server.getInputStream(), CHUNK);
      while (relay(fromClient, fromServer, client, server)) {
        // the connection lives on
      }
    } catch (IOException gone) {
      // either side has ended; the other hears of it by the closing of its socket
    }
  }

  /** One request and its answer; false when the client has no more. */
  private boolean relay(
      InputStream fromClient, InputStream fromServer, Socket client, Socket server)
      throws IOException {
    String request = head(fromClient);
    if (request.isEmpty() || isCut) {
      return false;
    }
    RANGE.matcher(request).results().forEach(found -> ranges.add(found.group("range")));
    Matcher part = PART.matcher(request.lines().findFirst().orElse(""));
    boolean isPart = part.matches();
    String name = isPart ? part.group("key") + " part " + part.group("part") : "";
    if (isPart && busy.takes(fromClient, length(request), client.getOutputStream())) {
      return true;
    }
    if (confirmed.contains(name)) {
      resent.add(name);
    }
    underWay.addAndGet(isPart ? 1 : 0);
    try {
      server.getOutputStream().write(request.getBytes(ISO_8859_1));
      copy(fromClient, server.getOutputStream(), length(request), sent -> tap.pass(isPart, sent));
      String answer = head(fromServer);
      while (answer.startsWith("HTTP/1.1 100 ")) { // the body is sent; the answer follows
        answer = head(fromServer);
      }
      if (answer.isEmpty()) {
        return false;
      }
      int status = Integer.parseInt(answer.split(" ", 3)[1]);
      if (isPart) {
        puts.add(new Put(part.group("key"), Integer.parseInt(part.group("part")), status));
      }
      if (isPart && status == 200) {
        confirmed.add(name);
      }
      client.getOutputStream().write(answer.getBytes(ISO_8859_1));
      boolean hasBody = !request.startsWith("HEAD ") && status != 204 && status != 304;
      return (!hasBody || passBody(answer, fromServer, client.getOutputStream()))
          && !says(answer, "connection: close");
    } finally {
      underWay.addAndGet(isPart ? -1 : 0);
    }
  }

  /** An answer's body, however its end is told; false when only the end of the stream tells it. */
  private boolean passBody(String answer, InputStream from, OutputStream to) throws IOException {
    if (says(answer, "transfer-encoding: chunked")) {
      passChunks(from, to);
      return true;
    }
    if (answer.toLowerCase(Locale.ROOT).contains("\r\ncontent-length:")) {
      copy(from, to, length(answer), bytes -> tap.pass(false, bytes));
      return true;
    }
    from.transferTo(to);
    return false;
  }

  private static void passChunks(InputStream from, OutputStream to) throws IOException {
    long bytes;
    do {
      String size = line(from);
      to.write(size.getBytes(ISO_8859_1));
      bytes = Long.parseLong(size.split(";", 2)[0].strip(), 16);
      copy(from, to, bytes, passed -> {});
      to.write(line(from).getBytes(ISO_8859_1)); // the end of the chunk; we send no trailers
    } while (bytes > 0);
    to.flush();
  }

  private static String line(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = from.read(); next >= 0; next = from.read()) {
      line.write(next);
      if (next == '\n') {
        return line.toString(ISO_8859_1);
      }
    }
    throw new IOException("ended in the middle of a chunk");
  }

  private static boolean says(String head, String field) {
    return head.toLowerCase(Locale.ROOT).contains("\r\n" + field);
  }

  private static void copy(InputStream from, OutputStream to, long bytes, LongConsumer passed)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = bytes;
    while (left > 0) {
      int read = from.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        throw new IOException("ended in the middle of a body");
      }
      passed.accept(read);
      to.write(chunk, 0, read);
      left -= read;
    }
    to.flush();
  }

  /** Everything up to and including the empty line; empty at the end of the stream. */
  private static String head(InputStream from) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int next = from.read(); next >= 0; next = from.read()) {
      head.write(next);
      last = (last << 8) | next;
      if (last == 0x0d0a0d0a) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  private static long length(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
