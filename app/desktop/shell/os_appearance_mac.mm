// Not built yet. NSApplication's effective appearance, by key-value observation, and the workspace's "reduce motion".
#import <AppKit/AppKit.h>

#include "app/desktop/shell/os_appearance.h"

using patchbay::Appearance;

@interface PatchbayAppearanceObserver : NSObject {
@public
    std::function<void()> changed;
}
@end

@implementation PatchbayAppearanceObserver
- (void)observeValueForKeyPath:(NSString*)path
                      ofObject:(id)object
                        change:(NSDictionary*)change
                       context:(void*)context {
    changed();
}
- (void)accessibilityChanged:(NSNotification*)notification {
    changed();
}
@end

namespace patchbay {
namespace {

Appearance readAppearance() {
    NSAppearanceName name = [NSApp.effectiveAppearance
        bestMatchFromAppearancesWithNames:@[ NSAppearanceNameAqua, NSAppearanceNameDarkAqua ]];
    Appearance appearance;
    appearance.dark = [name isEqualToString:NSAppearanceNameDarkAqua];
    appearance.reducedMotion = [[NSWorkspace sharedWorkspace] accessibilityDisplayShouldReduceMotion];
    return appearance;
}

class MacWatch final : public AppearanceWatch {
public:
    explicit MacWatch(std::function<void(const Appearance&)> changed)
        : m_observer([[PatchbayAppearanceObserver alloc] init]) {
        m_observer->changed = [changed = std::move(changed)] { changed(readAppearance()); };
        [NSApp addObserver:m_observer forKeyPath:@"effectiveAppearance" options:0 context:nullptr];
        [[[NSWorkspace sharedWorkspace] notificationCenter]
            addObserver:m_observer
               selector:@selector(accessibilityChanged:)
                   name:NSWorkspaceAccessibilityDisplayOptionsDidChangeNotification
                 object:nil];
        m_observer->changed();
    }
    ~MacWatch() override {
        [NSApp removeObserver:m_observer forKeyPath:@"effectiveAppearance"];
        [[[NSWorkspace sharedWorkspace] notificationCenter] removeObserver:m_observer];
    }

private:
    PatchbayAppearanceObserver* m_observer;
};

} // namespace

std::unique_ptr<AppearanceWatch> watchAppearance(std::function<void(const Appearance&)> changed) {
    return std::make_unique<MacWatch>(std::move(changed));
}

} // namespace patchbay
