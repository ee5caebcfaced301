package io.waybill.agent.config;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 down to texts: no tags, no aliases, no types. */
final class Yaml {

  static final int MOST_CHARACTERS = 1 << 20;

  private Yaml() {}

  /**
   * Reads one document.
   *
   * @param where it was written, for the words of an error
   * @return an empty table for an empty document
   */
  static Tree read(byte[] document, String where) {
    LoadSettings settings =
        LoadSettings.builder()
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(MOST_CHARACTERS)
            .setUseMarks(true)
            .build();
    String text = new String(document, StandardCharsets.UTF_8);
    try {
      return new Compose(settings)
          .composeString(text)
          .map(node -> tree(node, where))
          .orElseGet(() -> new Tree.Table(Map.of(), 1));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new ConfigException(where + line + " is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigException(where + " is no YAML: " + firstLine(e));
    }
  }

  private static String firstLine(YamlEngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Tree tree(Node node, String where) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return switch (node) {
      case ScalarNode scalar ->
          new Tree.Text(Tag.NULL.equals(scalar.getTag()) ? "" : scalar.getValue().strip(), line);
      case SequenceNode list ->
          new Tree.Items(list.getValue().stream().map(item -> tree(item, where)).toList(), line);
      case MappingNode mapping -> table(mapping.getValue(), line, where);
      default -> throw new ConfigException(where + ", line " + line + ": aliases are not read");
    };
  }

  private static Tree table(List<NodeTuple> pairs, int line, String where) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (NodeTuple pair : pairs) {
      Tree key = tree(pair.getKeyNode(), where);
      if (!(key instanceof Tree.Text(String name, int at))) {
        throw new ConfigException(where + ", line " + key.line() + ": a key is one word");
      }
      if (entries.put(name, tree(pair.getValueNode(), where)) != null) {
        throw new ConfigException(where + ", line " + at + ": " + name + " stands there twice");
      }
    }
    return new Tree.Table(entries, line);
  }
}
