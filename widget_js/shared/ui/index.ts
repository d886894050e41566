/** The design system. Colours and sizes come from tokens.css; each part has its states on /dev/ui. */
export { Button, type ButtonProps, IconButton, type IconButtonProps } from "./button";
export { Card, EmptyState, type EmptyProps, Skeleton } from "./card";
export { Dialog, type DialogProps } from "./dialog";
export { Badge, Face, type FaceProps, Tag } from "./face";
export { Field, type FieldProps, LongField, type LongFieldProps, SelectField, type SelectFieldProps, TickBox, type TickBoxProps } from "./field";
export { Lamp, type LampState } from "./lamp";
export { List, ListRow, type ListRowProps } from "./list";
export { leaves, Menu, type MenuItem, type MenuProps } from "./menu";
export { Alert, Notice, type NoticeKind, type NoticeProps, ToastList, type ToastLine } from "./notice";
export { beginningWith, isRightToLeft, moved } from "./roving";
export { Choice, type ChoiceProps, Tabs, type TabsProps } from "./tabs";
