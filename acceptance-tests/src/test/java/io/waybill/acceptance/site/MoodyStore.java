package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers' road to the store, which answers as a test says, or passes everything on. */
public final class MoodyStore implements AutoCloseable {

  /** What the store answers for as long as it is so. */
  @SuppressWarnings("ImmutableEnumChecker") // a list of a copy
  public enum Mood {
    /** Whatever it says itself. */
    WELL(200, ""),
    /** It has too much to do. */
    BUSY(503, "SlowDown"),
    /** Its clock is 20 minutes beside ours, which is more than the 15 that S3 puts up with. */
    CLOCK_OFF(403, "RequestTimeTooSkewed"),
    /** The key that a bucket's uploads are encrypted with is switched off. */
    KMS_OFF(400, "KMS.DisabledException", "POST ", "?uploads"),
    /** We may not abort. */
    NO_ABORTS(403, "AccessDenied", "DELETE ", "uploadId="),
    /**
     * It has other bytes of a part than the sum that came with it says, and finds that at the end.
     */
    BAD_DIGEST(400, "BadDigest", "POST ", "uploadId="),
    /** It takes a call to complete, and never answers it. */
    SILENT(0, "", "POST ", "uploadId=");

    private final int status;
    private final String code;
    private final List<String> words;

    /** What is asked with all of these words in its first line is answered so; with none, all. */
    Mood(int status, String code, String... words) {
      this.status = status;
      this.code = code;
      this.words = List.of(words);
    }

    private boolean isAbout(byte[] request) {
      String line = new String(request, US_ASCII).lines().findFirst().orElse("");
      return words.stream().allMatch(line::contains);
    }

    private byte[] answer() {
      Instant time = Instant.now().plus(Duration.ofMinutes(this == CLOCK_OFF ? 20 : 0));
      String body =
          "<Error><Code>%s</Code><ServerTime>%s</ServerTime></Error>".formatted(code, time);
      return """
      HTTP/1.1 %d No
      Content-Type: application/xml
      Date: %s
      Content-Length: %d
      Connection: close

      %s\
      """
          .formatted(
              status, RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)), body.length(), body)
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);
    }
  }

  private final ServerSocket door;
  private final int store;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.WELL;

  private MoodyStore(ServerSocket door, int store) {
    this.door = door;
    this.store = store;
  }

  /** One before the store of a site, on a port of its own. */
  public static MoodyStore before(Site site) {
    int port = URI.create(site.configuration().text(StorageSetting.ENDPOINT)).getPort();
    try {
      MoodyStore moody =
          new MoodyStore(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(moody::accept);
      return moody;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where servers find the store. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Answers so from now on; who is connected must come anew. */
  public void be(Mood mood) {
    this.mood = mood;
    open.forEach(MoodyStore::end);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // nobody asks any more
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), store)) {
      Thread back = Thread.ofVirtual().start(() -> pass(server, client));
      if (ask(client, server)) {
        back.join();
      }
    } catch (IOException gone) {
      // whoever asked asks again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /**
   * Passes on what the store is to answer itself; a request begins a packet. Whether the store had
   * the last word.
   */
  private boolean ask(Socket client, Socket server) throws IOException {
    byte[] packet = new byte[1 << 16];
    int length = client.getInputStream().read(packet);
    while (length > 0) {
      Mood now = mood;
      boolean isOurs = now != Mood.WELL && now.isAbout(Arrays.copyOf(packet, length));
      if (isOurs && now.status != 0) {
        client.getOutputStream().write(now.answer());
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return false;
      }
      if (!isOurs) {
        server.getOutputStream().write(packet, 0, length);
      }
      length = client.getInputStream().read(packet);
    }
    server.shutdownOutput();
    return true;
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // the other direction ends, too
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(MoodyStore::end);
  }
}
