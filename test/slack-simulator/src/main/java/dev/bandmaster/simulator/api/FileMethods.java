package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Content;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.StoredFile;
import dev.bandmaster.simulator.world.StoredFile.Stage;
import dev.bandmaster.simulator.world.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code files.*}: the upload in three steps; the share follows a moment after the last. */
final class FileMethods {
  private static final List<String> WRITE = List.of("files:write");
  private static final List<String> READ = List.of("files:read");

  private final World world;
  private final Shapes shapes;
  private final Places places;
  private final Drafts drafts;
  private final Supplier<String> base;
  private final InstantSource clock;
  private final Consumer<Runnable> later;

  FileMethods(
      World world,
      Shapes shapes,
      Supplier<String> base,
      InstantSource clock,
      Consumer<Runnable> later) {
    this.world = world;
    this.shapes = shapes;
    this.places = new Places(world);
    this.drafts = new Drafts(world, shapes);
    this.base = base;
    this.clock = clock;
    this.later = later;
  }

  List<ApiMethod> methods() {
    return List.of(
        ApiMethod.bot("files.getUploadURLExternal", Rate.TIER_4, WRITE, this::address),
        ApiMethod.bot("files.completeUploadExternal", Rate.TIER_4, WRITE, this::complete),
        ApiMethod.bot("files.info", Rate.TIER_4, READ, this::info));
  }

  private ObjectNode address(Arguments arguments) {
    String name = arguments.required("filename");
    int length = length(arguments.required("length"));
    String id = world.ids().next("F");
    StoredFile announced =
        new StoredFile(
            id,
            name,
            name,
            world.workspace().bot().userId(),
            clock.instant(),
            length,
            Content.NONE,
            Stage.ANNOUNCED,
            Map.of());
    world.files().put(announced);
    return Json.object().put("upload_url", base.get() + "/upload/v1/" + id).put("file_id", id);
  }

  private static int length(String text) {
    try {
      int length = Integer.parseInt(text);
      if (length > 0) {
        return length;
      }
    } catch (NumberFormatException notNumber) {
      throw ApiRefusal.withMessages(
          "invalid_arguments", List.of("[ERROR] must be an integer: length"));
    }
    throw ApiRefusal.withMessages(
        "invalid_arguments", List.of("[ERROR] must be greater than 0: length"));
  }

  private ObjectNode complete(Arguments arguments) {
    JsonNode named = arguments.json("files").orElseThrow(() -> new ApiRefusal("invalid_arguments"));
    List<String> channels = new ArrayList<>(arguments.list("channels"));
    if (!arguments.text("channel_id").isEmpty()) {
      channels.add(arguments.text("channel_id"));
    }
    List<Conversation> targets = channels.stream().map(places::writable).toList();
    List<StoredFile> completed = named.valueStream().map(this::completed).toList();
    completed.forEach(world.files()::put);
    targets.forEach(target -> later.accept(() -> share(completed, target, arguments)));
    ArrayNode files = Json.array();
    completed.forEach(file -> files.add(shapes.file(file)));
    return Json.object().set("files", files);
  }

  private StoredFile completed(JsonNode named) {
    StoredFile file =
        world
            .files()
            .find(Json.text(named, "id"))
            .filter(found -> found.stage() != Stage.ANNOUNCED)
            .orElseThrow(() -> new ApiRefusal("file_not_found"));
    if (file.stage() == Stage.COMPLETED) {
      throw new ApiRefusal("file_update_failed");
    }
    String title = Json.text(named, "title");
    return file.completed(title.isEmpty() ? file.name() : title);
  }

  private void share(List<StoredFile> files, Conversation conversation, Arguments arguments) {
    ObjectNode body = drafts.signed();
    body.put("text", arguments.text("initial_comment"));
    body.put("upload", true);
    world
        .message(conversation.id(), arguments.text("thread_ts"))
        .ifPresent(parent -> body.put("thread_ts", parent.threadTs().orElse(parent.ts())));
    ArrayNode shown = body.putArray("files");
    files.forEach(file -> shown.add(shapes.file(file)));
    Message message = world.post(conversation.id(), body, null);
    for (StoredFile file : files) {
      StoredFile now = world.files().find(file.id()).orElse(file);
      world.files().put(now.sharedIn(conversation.id(), message.ts()));
    }
  }

  private ObjectNode info(Arguments arguments) {
    StoredFile file =
        world
            .files()
            .find(arguments.required("file"))
            .filter(found -> found.stage() == Stage.COMPLETED)
            .orElseThrow(() -> new ApiRefusal("file_not_found"));
    return Json.object().set("file", shapes.file(file));
  }
}
