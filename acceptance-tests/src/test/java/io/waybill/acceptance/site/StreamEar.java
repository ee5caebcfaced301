package io.waybill.acceptance.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows a project as a console does: with the id that it heard last it goes to the next API
 * process when the one that it listened to has gone.
 */
public final class StreamEar implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<URI> apis;
  private final String project;
  private final String token;
  private final List<JsonNode> heard = new ArrayList<>();
  private final Thread thread;
  private volatile boolean open = true;
  private String last = "";
  private int connections;

  private StreamEar(List<URI> apis, String project, String token) {
    this.apis = List.copyOf(apis);
    this.project = project;
    this.token = token;
    this.thread = Thread.ofVirtual().unstarted(this::follow);
  }

  /** Follows from now on, and for as long as one of these processes is there. */
  public static StreamEar of(List<URI> apis, String project, String token) {
    StreamEar ear = new StreamEar(apis, project, token);
    ear.thread.start();
    return ear;
  }

  private void follow() {
    for (int next = 0; open; next++) {
      try {
        listen(apis.get(next % apis.size()));
      } catch (IOException gone) {
        // the other one is there
      } catch (InterruptedException closed) {
        return;
      }
    }
  }

  private void listen(URI api) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve("/v1/projects/" + project + "/events/stream"))
            .header("Authorization", "Bearer " + token);
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      if (answer.statusCode() == 200) {
        connected();
        read(lines);
      }
    }
  }

  private synchronized void connected() {
    connections++;
  }

  private void read(BufferedReader lines) throws IOException {
    String id = "";
    String event = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String value = line.substring(line.indexOf(':') + 1).strip();
      if (line.startsWith("id:")) {
        id = value;
      } else if (line.startsWith("event:")) {
        event = value;
      } else if (line.startsWith("data:")) {
        data = value;
      } else if (line.isEmpty()) {
        hear(event, data);
        last = id.isEmpty() ? last : id;
        id = "";
        event = "";
        data = "";
      }
    }
  }

  private synchronized void hear(String event, String data) {
    if (!data.isEmpty()) {
      JsonNode said = JsonMapper.shared().readTree(data);
      heard.add(
          event.equals("reset") ? JsonMapper.shared().createObjectNode().put("id", event) : said);
    }
  }

  /** Everything that it heard; where it was told to begin anew, {@code reset} is the id. */
  public synchronized List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  /** How often a process took it in. */
  public synchronized int connections() {
    return connections;
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    client.shutdownNow();
  }
}
