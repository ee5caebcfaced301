package io.waybill.agent.config;

import java.util.List;
import java.util.Map;

/** What stands in a YAML document. Every scalar is its own text: what it means, its key knows. */
sealed interface Tree {

  int line();

  record Text(String text, int line) implements Tree {}

  record Items(List<Tree> items, int line) implements Tree {
    public Items {
      items = List.copyOf(items);
    }
  }

  record Table(Map<String, Tree> entries, int line) implements Tree {}

  /** Whether nothing was written behind a key. */
  default boolean empty() {
    return this instanceof Text(String text, int line) && text.isEmpty();
  }
}
