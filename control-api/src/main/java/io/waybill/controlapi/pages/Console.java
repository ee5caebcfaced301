package io.waybill.controlapi.pages;

import io.helidon.http.HeaderNames;
import io.waybill.controlapi.edge.Exchange;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.upload.WelcomeAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console: one page under many addresses, and its files. A file's address has the version of
 * them all in it, so a browser keeps it for ever and a new version is asked for at once; under any
 * other version the file is served, too, and is to be asked for each time.
 */
public final class Console {

  private static final String FOLDER = "/console/";
  private static final String INDEX = "index.html";
  private static final String PAGE = "/{page}";
  private static final String FILE = "/console/{file}";
  private static final Pattern PAGES =
      Pattern.compile(
          "/|/(?:sign-in|upload|settings|audit|deliveries|try)|/(?:uploads|devices|datasets)(?:/[0-9A-Za-z-]{1,64})?");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern ORIGIN = Pattern.compile("(https?://[A-Za-z0-9.:\\[\\]-]+)(?:/|$)");
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_EACH_TIME = "no-cache";

  private final Map<String, ConsoleFile> files = new TreeMap<>();
  private final String version;
  private final ConsoleFile page;
  private final String policy;

  /**
   * @param welcome whom the page may talk to besides ourselves: the store to which browsers send
   *     and from which they fetch objects, and the issuer who gives people tokens
   */
  public Console(WelcomeAnswer welcome) {
    Map<String, byte[]> all = ConsoleFiles.all();
    StringBuilder sums = new StringBuilder();
    all.forEach((name, bytes) -> sums.append(name).append(ConsoleFile.sum(bytes)));
    this.version = ConsoleFile.sum(sums.toString().getBytes(StandardCharsets.UTF_8));
    String html =
        new String(all.remove(INDEX), StandardCharsets.UTF_8).replace("{{base}}", FOLDER + version);
    all.forEach((name, bytes) -> files.put(name, ConsoleFile.of(name, bytes)));
    this.page = ConsoleFile.of(INDEX, html.getBytes(StandardCharsets.UTF_8));
    WelcomeAnswer.SignIn signIn = welcome.signIn();
    this.policy =
        policy(
            html, origin(welcome.storageEndpoint()), signIn == null ? "" : origin(signIn.issuer()));
  }

  /** Scheme, host and port of an address; empty for what is none. */
  private static String origin(String address) {
    Matcher origin = ORIGIN.matcher(address);
    return origin.lookingAt() ? " " + origin.group(1) : "";
  }

  private static String policy(String html, String storage, String issuer) {
    Matcher map = IMPORT_MAP.matcher(html);
    if (!map.find()) {
      throw new IllegalStateException("the console's page has no import map");
    }
    String sum =
        Base64.getEncoder()
            .encodeToString(ConsoleFile.sha256(map.group(1).getBytes(StandardCharsets.UTF_8)));
    return "default-src 'self'; script-src 'self' 'sha256-%1$s'; connect-src 'self'%2$s%3$s; img-src 'self' data: blob:%2$s; media-src 'self'%2$s; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        .formatted(sum, storage, issuer);
  }

  /** What answers a GET of this path; empty where the console has nothing. */
  public Optional<Route> at(String path) {
    if (PAGES.matcher(path).matches()) {
      return Optional.of(Route.open(PAGE, this::page));
    }
    if (!path.startsWith(FOLDER)) {
      return Optional.empty();
    }
    String rest = path.substring(FOLDER.length());
    int slash = rest.indexOf('/');
    ConsoleFile file = slash < 0 ? null : files.get(rest.substring(slash + 1));
    if (file == null) {
      return Optional.empty();
    }
    String keeping = rest.substring(0, slash).equals(version) ? FOR_EVER : ASK_EACH_TIME;
    return Optional.of(
        Route.open(FILE, exchange -> answer(file, exchange).with("Cache-Control", keeping)));
  }

  private HttpAnswer page(Exchange exchange) {
    return answer(page, exchange)
        .with("Cache-Control", ASK_EACH_TIME)
        .with("Content-Security-Policy", policy);
  }

  private static HttpAnswer answer(ConsoleFile file, Exchange exchange) {
    return file.answer(
        exchange.header(HeaderNames.IF_NONE_MATCH).orElse(null),
        exchange.header(HeaderNames.ACCEPT_ENCODING).orElse(""));
  }
}
