package io.waybill.acceptance.browser;

import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Sample;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How fast one file leaves a browser: by the uploader, and its parts alone by the browser's own
 * requests and by curl, four at once, to one store, in turns.
 */
final class BrowserSpeed {
  private static final int PARTS = 64;
  private static final int ROUNDS = 5;

  private final Chromium browser;
  private final URI console;
  private final SmallParts project;
  private final Path folder;
  private final Sample sample;

  BrowserSpeed(Chromium browser, URI console, SmallParts project, Path folder) {
    this.browser = browser;
    this.console = console;
    this.project = project;
    this.folder = folder;
    this.sample = Sample.ofParts(folder.resolve("large.bin"), PARTS);
  }

  /** Prints a row for each round, after one for warmth. */
  void print() throws Exception {
    Path slices = Files.createDirectory(folder.resolve("slices"));
    Command.of("split", "-b", Sample.PART_SIZE, "-a", "3", "-d", sample.file().toString(), "part-")
        .in(slices)
        .run();
    System.out.println(
        "| MiB/s | 4 × curl | the browser's own PUTs | uploader, no sums | with a SHA-256 | until that is told |");
    for (int round = 0; round <= ROUNDS; round++) {
      double curl = rate(curl(slices, urls("curl " + round)));
      double own = rate(ownPuts(urls("own " + round)));
      double plain = rate(upload(false).sent());
      Upload summed = upload(true);
      System.out.printf(
          "| %s | %.0f | %.0f (%.2f ×) | %.0f (%.2f ×) | %.0f (%.2f ×) | %.0f (%.2f ×) |%n",
          round == 0 ? "for warmth" : "" + round,
          curl,
          own,
          own / curl,
          plain,
          plain / curl,
          rate(summed.sent()),
          rate(summed.sent()) / curl,
          rate(summed.all()),
          rate(summed.all()) / curl);
    }
  }

  /**
   * One upload.
   *
   * @param sent seconds from picking the file until its last part was stored
   * @param all until the server had completed it
   */
  private record Upload(double sent, double all) {}

  private double rate(double seconds) {
    return sample.sizeBytes() / (double) (1 << 20) / seconds;
  }

  private static double curl(Path slices, String urls) throws Exception {
    Path list = Files.writeString(slices.resolve("urls"), urls);
    long began = System.nanoTime();
    Command.of(
            "sh",
            "-c",
            "xargs -P 4 -n 2 curl -fsS -H Expect: -o /dev/null -T <" + list.getFileName())
        .in(slices)
        .run();
    return (System.nanoTime() - began) / 1e9;
  }

  private double ownPuts(String urls) {
    pick();
    browser.script(
        """
        const began = performance.now();
        const file = document.querySelector('#picked').files[0];
        const urls = arguments[0].trim().split('\\n').map((line) => line.split(' ')[1].slice(1, -1));
        let next = 0;
        const send = async () => {
          while (next < urls.length) {
            const part = next++;
            await new Promise((resolve, reject) => {
              const request = new XMLHttpRequest();
              request.onload = resolve;
              request.onerror = reject;
              request.open('PUT', urls[part]);
              request.send(file.slice(part * 5242880, (part + 1) * 5242880));
            });
          }
        };
        Promise.all([send(), send(), send(), send()])
          .then(() => (window.took = (performance.now() - began) / 1000), (e) => (window.took = String(e)));
        """,
        urls);
    return took();
  }

  /** By the library, as a page calls it. */
  private Upload upload(boolean isSummed) {
    pick();
    browser.script(
        """
        const [key, projectId, sumFiles] = arguments;
        const base = performance.getEntriesByType('resource').map((e) => e.name)
          .find((name) => name.endsWith('/app.js')).replace(/app\\.js$/, '');
        import(base + 'upload/waybill-upload.js').then(async ({ Uploader, connect }) => {
          const began = performance.now();
          const uploader = new Uploader({ api: connect({ url: location.origin, key }), sumFiles });
          const upload = await uploader.upload(document.querySelector('#picked').files, { projectId });
          upload.on('state', ({ state }) => {
            if (state === 'completing') {
              window.sent ??= (performance.now() - began) / 1000;
            }
          });
          const [file] = (await upload.finished).files;
          window.took = file.state === 'done' ? (performance.now() - began) / 1000 : file.why;
        }).catch((e) => (window.took = String(e)));
        """,
        DevelopmentIdentities.API_KEY,
        project.id(),
        isSummed);
    double all = took();
    return new Upload(((Number) browser.script("return window.sent")).doubleValue(), all);
  }

  /** On a page that does nothing else. */
  private void pick() {
    browser.visit(console.resolve("/settings"));
    browser.awaitText("Members");
    browser.script(
        "const input = document.createElement('input'); input.type = 'file'; input.id = 'picked';"
            + "document.body.append(input)");
    browser.find("#picked").sendKeys(sample.file().toString());
  }

  private double took() {
    return browser.await(
        "its end", () -> ((Number) browser.script("return window.took")).doubleValue());
  }

  /** A line for each part of a new upload: the file of its slice, and where it may go. */
  private String urls(String name) {
    String session = project.begin(name, sample.sizeBytes()).at("/objects/0/session_id").asString();
    StringBuilder list = new StringBuilder();
    project
        .api()
        .post(
            "/v1/uploads/" + session + "/parts/presign",
            "{\"part_number_start\": 1, \"part_number_end\": %d}".formatted(PARTS))
        .ok()
        .path("parts")
        .valueStream()
        .forEach(part ->
            list.append(
                "part-%03d '%s'%n"
                    .formatted(part.path("part_number").asInt() - 1, part.path("url").asString())));
    return list.toString();
  }
}
