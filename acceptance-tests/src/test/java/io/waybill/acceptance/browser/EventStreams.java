package io.waybill.acceptance.browser;

import io.waybill.acceptance.site.Footprint;
import io.waybill.acceptance.site.Program;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many who follow a project at once, as a server sees them. */
final class EventStreams {
  /** Several heartbeats. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private EventStreams() {}

  /** What one costs the server that has so many open, and has told each of them something. */
  static String cost(int many, Program server, URI api, String project) throws Exception {
    Footprint before = Footprint.of(server);
    List<Socket> open = new ArrayList<>();
    for (int n = 0; n < many; n++) {
      open.add(follow(api, project));
    }
    for (Socket socket : open) {
      awaitNews(socket);
    }
    Footprint after = Footprint.of(server);
    for (Socket socket : open) {
      socket.close();
    }
    return "%d KiB of heap each, %d KiB resident each"
        .formatted(
            (after.heapKib() - before.heapKib()) / many,
            (after.residentKib() - before.residentKib()) / many);
  }

  private static Socket follow(URI api, String project) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.getPort());
    String request =
        String.join(
            "\r\n",
            "GET /v1/projects/" + project + "/events/stream HTTP/1.1",
            "Host: " + api.getAuthority(),
            "Authorization: Bearer " + DevelopmentIdentities.API_KEY,
            "Accept: text/event-stream",
            "",
            "");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    if (!new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
      throw new IllegalStateException(
          "no stream: " + new String(status, StandardCharsets.US_ASCII));
    }
    return socket;
  }

  /** Returns when something comes, a heartbeat at the latest, that was not there before. */
  private static void awaitNews(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    in.skipNBytes(in.available());
    socket.setSoTimeout((int) LONGEST_SILENCE.toMillis());
    if (in.read() < 0) {
      throw new IllegalStateException("a stream ended");
    }
  }
}
