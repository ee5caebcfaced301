package io.waybill.acceptance.described;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What one tenant has been told of: every id, by the name of its field. */
final class Ids {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** The newest are the ones of which most is alive. */
  private static final int REMEMBERED = 60;

  /** What was told of one thing: its own id, and the ids of what it belongs to. */
  private final Deque<Map<String, String>> things = new ArrayDeque<>();

  private final Set<String> all = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  private final Set<String> vital = new HashSet<>();

  /** Learns from an answer. */
  void learn(JsonNode answer) {
    learn(answer, Map.of());
  }

  private void learn(JsonNode answer, Map<String, String> above) {
    Map<String, String> thing = new HashMap<>(above);
    answer
        .properties()
        .forEach(field -> {
          String text = field.getValue().isString() ? field.getValue().asString() : "";
          if (field.getKey().endsWith("_id") && ID.matcher(text).matches()) {
            all.add(text);
            if (!vital.contains(text)) {
              thing.put(field.getKey(), text);
            }
          }
        });
    if (!thing.equals(above)) {
      remember(thing);
    }
    answer.forEach(part -> learn(part, thing));
  }

  private void remember(Map<String, String> thing) {
    things.addFirst(thing);
    String kind = thing.keySet().toString();
    List<Map<String, String>> same =
        things.stream().filter(one -> one.keySet().toString().equals(kind)).toList();
    if (same.size() > REMEMBERED) {
      things.removeLastOccurrence(same.getLast());
    }
  }

  /** Ids of these names that belong together, or as many of them as there are. */
  Map<String, String> together(List<String> names, Random random) {
    List<Map<String, String>> fitting =
        things.stream().filter(thing -> thing.keySet().containsAll(names)).toList();
    return fitting.isEmpty() ? Map.of() : fitting.get(random.nextInt(fitting.size()));
  }

  /** One of this name, or one that nobody knows. */
  String any(String name, Random random) {
    return together(List.of(name), random)
        .getOrDefault(name, new UUID(random.nextLong(), random.nextLong()).toString());
  }

  /** What the rest of the run lives on: never asked for by chance. */
  void keep(JsonNode answer) {
    ID.matcher(answer.toString()).results().map(MatchResult::group).forEach(vital::add);
  }

  /** What this tenant has said by itself it may hear again. */
  void says(String request) {
    ID.matcher(request).results().map(MatchResult::group).forEach(said::add);
  }

  /** Ids of this tenant in an answer that was meant for another, who has never said them. */
  Set<String> leakedTo(Ids other, String answer) {
    return ID.matcher(answer)
        .results()
        .map(MatchResult::group)
        .filter(id -> all.contains(id) && !other.all.contains(id) && !other.said.contains(id))
        .collect(Collectors.toSet());
  }
}
