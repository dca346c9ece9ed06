package dev.bandmaster.simulator.api;

import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the families of methods together. */
public final class WebApis {
  private WebApis() {}

  /**
   * What the methods stand on.
   *
   * @param world the workspace's state
   * @param shapes the forms in which it is shown
   * @param triggers the trigger ids that were handed out
   * @param base the simulator's address, without a slash at the end
   * @param socketUrl hands out an address for one WebSocket
   * @param later does something after the time a file share takes
   * @param clock the time
   */
  public record Ground(
      World world,
      Shapes shapes,
      Triggers triggers,
      Supplier<String> base,
      Supplier<String> socketUrl,
      Consumer<Runnable> later,
      InstantSource clock) {}

  /** The whole Web API. */
  public static WebApi create(Ground on, RateLimiter limiter, Faults faults, CallLog log) {
    List<ApiMethod> methods = new ArrayList<>();
    methods.addAll(new AppMethods(on.world(), on.shapes(), on.base(), on.socketUrl()).methods());
    methods.addAll(new ChatMethods(on.world(), on.shapes(), on.base()).methods());
    methods.addAll(new ConversationMethods(on.world(), on.shapes()).methods());
    methods.addAll(new HistoryMethods(on.world(), on.shapes()).methods());
    methods.addAll(new UserMethods(on.world(), on.shapes()).methods());
    methods.addAll(new ReactionMethods(on.world(), on.shapes()).methods());
    methods.addAll(
        new FileMethods(on.world(), on.shapes(), on.base(), on.clock(), on.later()).methods());
    methods.addAll(new ViewMethods(on.world(), on.shapes(), on.triggers()).methods());
    return new WebApi(
        methods,
        on.world().workspace().bot(),
        limiter,
        faults,
        log,
        on.clock(),
        named -> on.world().resolve(named).map(Conversation::id).orElse(named));
  }
}
