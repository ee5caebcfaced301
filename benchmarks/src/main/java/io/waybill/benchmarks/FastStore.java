package io.waybill.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of S3 as a multipart upload needs, over bytes that are counted and thrown away, so that
 * its clients are what is measured. It checks no signature and stores nothing.
 */
public final class FastStore implements AutoCloseable {

  private static final String ETAG = "\"d41d8cd98f00b204e9800998ecf8427e-1\"";
  private static final Pattern PART = Pattern.compile("[?&]partNumber=(\\d+)");
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

  private final ServerSocketChannel server;
  private final Map<String, Map<Integer, Long>> parts = new ConcurrentHashMap<>();
  private final Map<String, Long> objects = new ConcurrentHashMap<>();
  private final Map<String, String> uploadIds = new ConcurrentHashMap<>();
  private final AtomicInteger uploads = new AtomicInteger();

  /** Listens on a port of 127.0.0.1. */
  public FastStore() {
    try {
      server =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** Its address as an S3 endpoint. */
  public String url() {
    return "http://127.0.0.1:" + server.socket().getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(SocketChannel client) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    buffer.flip();
    try (client) {
      for (String head = head(client, buffer); !head.isEmpty(); head = head(client, buffer)) {
        answer(client, buffer, head);
      }
    } catch (ClosedChannelException e) {
      // the client is done
    } catch (IOException e) {
      // the client went away
    }
  }

  /** The request up to the empty line; empty when the client is done. */
  private static String head(SocketChannel client, ByteBuffer buffer) throws IOException {
    StringBuilder head = new StringBuilder();
    while (true) {
      while (buffer.hasRemaining()) {
        head.append((char) (buffer.get() & 0xff));
        int end = head.length();
        if (end >= 4 && head.charAt(end - 1) == '\n' && head.indexOf("\r\n\r\n", end - 4) >= 0) {
          return head.toString();
        }
      }
      buffer.clear();
      int read = client.read(buffer);
      buffer.flip();
      if (read < 0) {
        return "";
      }
    }
  }

  private void answer(SocketChannel client, ByteBuffer buffer, String head) throws IOException {
    String[] line = head.substring(0, head.indexOf('\r')).split(" ", 3);
    String headers = head.toLowerCase(Locale.ROOT);
    if (headers.contains("\r\nexpect: 100-continue")) {
      write(client, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    Matcher length = LENGTH.matcher(headers);
    long bytes = length.find() ? Long.parseLong(length.group(1)) : 0;
    drain(client, buffer, bytes);
    int query = line[1].indexOf('?');
    String key = query < 0 ? line[1] : line[1].substring(0, query);
    write(client, answer(line[0], key, query < 0 ? "" : line[1].substring(query), bytes));
  }

  private String answer(String method, String key, String query, long bytes) {
    Matcher part = PART.matcher(query);
    return switch (method) {
      case "PUT" -> {
        if (part.find()) {
          parts(key).put(Integer.parseInt(part.group(1)), bytes);
        } else {
          objects.put(key, bytes);
        }
        yield ok("ETag: " + ETAG + "\r\n", "");
      }
      case "POST" -> query.startsWith("?uploads") ? created(key) : completed(key);
      case "GET" -> query.contains("uploadId=") ? listed(key) : ok("", "<ListBucketResult/>");
      case "HEAD" -> head(key);
      default -> "HTTP/1.1 204 No Content\r\n\r\n";
    };
  }

  private Map<Integer, Long> parts(String key) {
    return parts.computeIfAbsent(
        key, any -> java.util.Collections.synchronizedMap(new TreeMap<>()));
  }

  private String created(String key) {
    parts.remove(key);
    String uploadId = "u" + uploads.incrementAndGet();
    uploadIds.put(key, uploadId);
    return ok(
        "",
        "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>"
            + uploadId
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private String completed(String key) {
    objects.put(key, parts(key).values().stream().mapToLong(Long::longValue).sum());
    return ok(
        "",
        "<CompleteMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><ETag>"
            + ETAG
            + "</ETag></CompleteMultipartUploadResult>");
  }

  private String listed(String key) {
    StringBuilder rows = new StringBuilder("<ListPartsResult><UploadId>");
    rows.append(uploadIds.getOrDefault(key, "")).append("</UploadId>");
    rows.append("<IsTruncated>false</IsTruncated>");
    parts(key)
        .forEach((number, size) ->
            rows.append("<Part><PartNumber>" + number + "</PartNumber><ETag>" + ETAG)
                .append("</ETag><Size>" + size + "</Size><LastModified>2026-01-01T00:00:00.000Z")
                .append("</LastModified></Part>"));
    return ok("", rows + "</ListPartsResult>");
  }

  /** A bucket is always there, an object once it is complete. */
  private String head(String key) {
    Long size = key.indexOf('/', 1) < 0 ? Long.valueOf(0) : objects.get(key);
    return size == null
        ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        : "HTTP/1.1 200 OK\r\nETag: "
            + ETAG
            + "\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: "
            + size
            + "\r\n\r\n";
  }

  private static String ok(String headers, String body) {
    return "HTTP/1.1 200 OK\r\n"
        + headers
        + "Content-Type: application/xml\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void drain(SocketChannel client, ByteBuffer buffer, long bytes)
      throws IOException {
    long left = bytes - Math.min(bytes, buffer.remaining());
    buffer.position((int) Math.min(buffer.limit(), buffer.position() + bytes));
    while (left > 0) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      int read = client.read(buffer);
      if (read < 0) {
        throw new ClosedChannelException();
      }
      left -= read;
      buffer.flip().position(buffer.limit());
    }
  }

  private static void write(SocketChannel client, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
