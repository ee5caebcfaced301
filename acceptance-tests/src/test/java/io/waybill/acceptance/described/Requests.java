package io.waybill.acceptance.described;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.acceptance.described.Description.Operation;
import io.waybill.acceptance.described.Description.Parameter;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Makes requests to one operation after the other: most good ones, and many with something wrong.
 */
final class Requests {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

  private static final List<String> ENDINGS =
      List.of("/abort", "/cancel", "/revoke", "/archive", "/disable", "/purge");

  private final Description description;
  private final List<Operation> operations;
  private final Random random;
  private final Hostile hostile;

  Requests(Description description, Random random) {
    this.description = description;
    this.operations = description.operations();
    this.random = random;
    this.hostile = new Hostile(random);
  }

  /**
   * A request, not yet sent.
   *
   * @param target path and query, encoded
   */
  record Request(Operation operation, String target, Map<String, String> headers, String body) {

    /** All that it says. */
    String text() {
      return target + " " + body;
    }

    @Override
    public String toString() {
      String text = text();
      return operation.method()
          + " "
          + headers
          + " "
          + (text.length() > 3000 ? text.substring(0, 3000) + "…" : text);
    }
  }

  /** One by somebody who knows what this party knows, and something of the other. */
  Request next(Party party, Party other) {
    Operation operation = operation();
    Map<String, String> headers = new LinkedHashMap<>();
    if (random.nextInt(4) == 0 && !operation.method().equals("GET")) {
      headers.put("Idempotency-Key", "key-" + random.nextInt(400));
    }
    String target = path(operation, party, other) + query(operation, party);
    return new Request(operation, target, headers, body(operation, party, headers));
  }

  /** Any, and less often one that ends what others need. */
  private Operation operation() {
    Operation operation = operations.get(random.nextInt(operations.size()));
    boolean ends =
        operation.method().equals("DELETE")
            || ENDINGS.stream().anyMatch(end -> operation.template().endsWith(end));
    return ends && random.nextInt(3) != 0
        ? operations.get(random.nextInt(operations.size()))
        : operation;
  }

  private String path(Operation operation, Party party, Party other) {
    List<String> names =
        PLACE.matcher(operation.template()).results().map(place -> place.group(1)).toList();
    Map<String, String> together = party.ids().together(names, random);
    Matcher places = PLACE.matcher(operation.template());
    StringBuilder path = new StringBuilder();
    while (places.find()) {
      String name = places.group(1);
      String good = together.getOrDefault(name, party.ids().any(name, random));
      places.appendReplacement(path, Matcher.quoteReplacement(encoded(place(name, good, other))));
    }
    places.appendTail(path);
    return path.toString();
  }

  private String place(String name, String good, Party other) {
    return switch (random.nextInt(24)) {
      case 0 -> other.ids().any(name, random);
      case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 2 -> hostile.word();
      default -> good;
    };
  }

  private String query(Operation operation, Party party) {
    StringBuilder query = new StringBuilder();
    for (Parameter parameter : description.queryOf(operation)) {
      if (random.nextInt(3) == 0) {
        String value =
            random.nextInt(5) == 0
                ? hostile.word()
                : new Values(description, party, random)
                    .valid(parameter.name(), parameter.schema())
                    .asString();
        query.append('&').append(parameter.name()).append('=').append(encoded(value));
      }
    }
    if (random.nextInt(40) == 0) {
      query.append("&not_a_parameter=1");
    }
    return query.isEmpty() ? "" : "?" + query.substring(1);
  }

  private String body(Operation operation, Party party, Map<String, String> headers) {
    if (!operation.hasBody()) {
      return random.nextInt(20) == 0 ? "{}" : "";
    }
    headers.put("Content-Type", random.nextInt(40) == 0 ? "text/plain" : "application/json");
    JsonNode good =
        new Values(description, party, random).valid("body", description.bodyOf(operation));
    return random.nextInt(5) < 2 ? hostile.spoilt(good) : good.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
